package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.server.ServerNames;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Pattern of a server with its targets, as the overview shows them side by side. */
@Restricted(NoExternalUse.class)
public final class ShownPattern {

    private static final Comparator<ShownPattern> BY_NAME = Comparator.comparing(
                    ShownPattern::getName, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(ShownPattern::getServer, String.CASE_INSENSITIVE_ORDER);

    /** By id, the order in which the server made them: mostly from development to production. */
    private static final Comparator<AttemptRecord> BY_DEPLOYMENT = Comparator.comparing(
                    AttemptRecord::deploymentId, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.deploymentLabel(), String.CASE_INSENSITIVE_ORDER);

    private record Key(String serverUrl, String pattern) {}

    private final List<TargetLine> lines;

    /** Newest attempt at any of the targets. It gives what they have in common. */
    private final AttemptRecord newest;

    private final String server;
    private final List<ShownTarget> targets;

    private ShownPattern(List<TargetLine> lines) {
        this.lines = lines.stream()
                .sorted(Comparator.comparing(TargetLine::last, BY_DEPLOYMENT))
                .toList();
        newest = lines.stream()
                .map(TargetLine::last)
                .max(Comparator.comparingLong(AttemptRecord::time))
                .orElseThrow();
        server = ServerNames.now(newest.server(), getServerUrl());
        targets = targets(this.lines);
    }

    /** Returns all targets, grouped by pattern. */
    static List<TargetLine> sorted(List<TargetLine> lines) {
        return from(lines).stream().flatMap(pattern -> pattern.lines.stream()).toList();
    }

    /** Returns the patterns, sorted by name. */
    static List<ShownPattern> from(List<TargetLine> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(
                        line -> new Key(line.key().serverUrl(), line.key().pattern())))
                .values()
                .stream()
                .map(ShownPattern::new)
                .sorted(BY_NAME)
                .toList();
    }

    public String getName() {
        return newest.patternLabel();
    }

    @CheckForNull
    public Long getId() {
        return newest.patternId();
    }

    public String getServer() {
        return server;
    }

    public String getServerUrl() {
        return lines.get(0).key().serverUrl();
    }

    /**
     * Returns the time of the last change at any of its targets, in milliseconds since 1970. If nothing has landed, the
     * time of the last attempt.
     */
    public long getTime() {
        return lines.stream()
                .map(TargetLine::newest)
                .flatMap(Optional::stream)
                .mapToLong(AttemptRecord::time)
                .max()
                .orElse(newest.time());
    }

    public List<ShownTarget> getTargets() {
        return targets;
    }

    private static List<ShownTarget> targets(List<TargetLine> lines) {
        TargetLine front = lines.stream()
                .filter(line -> line.now() != null)
                .max(Comparator.comparing(line -> line.now().buildId()))
                .orElse(null);
        return lines.stream()
                .map(line -> new ShownTarget(line, isBehind(line, front) ? front : null))
                .toList();
    }

    private static boolean isBehind(TargetLine line, @CheckForNull TargetLine front) {
        return front != null
                && line.now() != null
                && !Objects.equals(line.now().buildId(), front.now().buildId());
    }
}
