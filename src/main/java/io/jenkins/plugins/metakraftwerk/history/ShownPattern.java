package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A pattern of a server with its targets, as the overview shows them side by side. */
@Restricted(NoExternalUse.class)
public final class ShownPattern {

    private static final Comparator<AttemptRecord> BY_PATTERN = Comparator.comparing(
                    ShownPattern::pattern, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(AttemptRecord::server, String.CASE_INSENSITIVE_ORDER);

    /** By id, as they were made on the server: mostly from development to production. */
    private static final Comparator<AttemptRecord> BY_DEPLOYMENT = Comparator.comparing(
                    AttemptRecord::deploymentId, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(entry -> entry.deploymentLabel(), String.CASE_INSENSITIVE_ORDER);

    private static final Comparator<TargetLine> ORDER =
            Comparator.comparing(TargetLine::last, BY_PATTERN.thenComparing(BY_DEPLOYMENT));

    private record Key(String serverUrl, String pattern) {}

    private final List<TargetLine> lines;

    private ShownPattern(List<TargetLine> lines) {
        this.lines = lines;
    }

    private static String pattern(AttemptRecord entry) {
        return entry.patternLabel();
    }

    static List<TargetLine> sorted(List<TargetLine> lines) {
        return lines.stream().sorted(ORDER).toList();
    }

    /** In the order of their names. */
    static List<ShownPattern> of(List<TargetLine> lines) {
        Map<Key, List<TargetLine>> patterns = new LinkedHashMap<>();
        sorted(lines)
                .forEach(line -> patterns.computeIfAbsent(
                                new Key(line.key().serverUrl(), line.key().pattern()), key -> new ArrayList<>())
                        .add(line));
        return patterns.values().stream().map(ShownPattern::new).toList();
    }

    /** What all its targets have in common, by the newest attempt. */
    private AttemptRecord newest() {
        return lines.stream()
                .map(TargetLine::last)
                .max(Comparator.comparingLong(AttemptRecord::time))
                .orElseThrow();
    }

    public String getName() {
        return pattern(newest());
    }

    @CheckForNull
    public Long getId() {
        return newest().patternId();
    }

    public String getServer() {
        return newest().server();
    }

    public String getServerUrl() {
        return lines.get(0).key().serverUrl();
    }

    /** What landed last at any of its targets, or was tried last where nothing has. */
    public ShownAttempt getLast() {
        return new ShownAttempt(
                lines.get(0).key(),
                lines.stream()
                        .map(TargetLine::now)
                        .filter(Objects::nonNull)
                        .max(Comparator.comparingLong(AttemptRecord::time))
                        .orElseGet(this::newest));
    }

    public List<ShownTarget> getTargets() {
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
