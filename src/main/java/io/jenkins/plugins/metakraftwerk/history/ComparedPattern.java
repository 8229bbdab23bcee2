package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BinaryOperator;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.localizer.LocaleProvider;

/** Targets of one pattern beside the newest records that its server has of them. One request brings these records. */
final class ComparedPattern {

    /** Access to the server, or the reason why there is none. */
    sealed interface Access {}

    record Open(MetaKraftwerkClient client) implements Access {}

    record Closed(String why) implements Access {}

    private sealed interface Result {}

    private record NotAsked() implements Result {}

    private record Failed(String why) implements Result {}

    private record Broken(Throwable failure) implements Result {}

    private record Late() implements Result {}

    private record Newest(Map<Long, BuildDeployment> byDeployment) implements Result {

        @CheckForNull
        BuildDeployment newestAt(TargetLine line) {
            return byDeployment.get(line.last().deploymentId());
        }
    }

    private static final BinaryOperator<BuildDeployment> NEWER = (one, other) -> one.id() > other.id() ? one : other;

    private final List<TargetLine> lines = new ArrayList<>();

    /** Null if there are too many patterns to ask about this one. */
    private Access access;

    /** Holds the result that came in time. A later one changes nothing. */
    private final AtomicReference<Result> answer = new AtomicReference<>();

    void add(TargetLine line) {
        lines.add(line);
    }

    private AttemptRecord any() {
        return lines.get(0).last();
    }

    ServerPin server() {
        return new ServerPin(any().server(), lines.get(0).key().serverUrl());
    }

    /** @return true if the server can be asked */
    boolean connect(Access to) {
        access = to;
        return access instanceof Open;
    }

    /** Never fails because of the server: a failure becomes a result. */
    void ask() throws InterruptedException {
        try {
            answer.compareAndSet(null, new Newest(newest()));
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            answer.compareAndSet(null, new Broken(e));
        }
    }

    /** Returns the newest record of each wanted deployment, by deployment id. */
    private Map<Long, BuildDeployment> newest() throws MetaKraftwerkException, InterruptedException {
        Set<Long> wanted = lines.stream()
                .map(line -> line.last().deploymentId())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        Long id = any().patternId();
        return ((Open) access)
                .client()
                .collect(
                        new BuildDeploymentFilter(null, id == null ? any().pattern() : null, id, null, null),
                        newest(wanted));
    }

    private static Collector<BuildDeployment, ?, Map<Long, BuildDeployment>> newest(Set<Long> wanted) {
        return Collector.of(
                HashMap::new,
                (found, record) -> {
                    if (wanted.contains(record.deploymentId())) {
                        found.merge(record.deploymentId(), record, NEWER);
                    }
                },
                (one, other) -> {
                    other.forEach((deployment, record) -> one.merge(deployment, record, NEWER));
                    return one;
                });
    }

    /** Ends the wait: a pattern without a result is late. */
    void stop() {
        answer.compareAndSet(null, new Late());
    }

    private Result answer() {
        return switch (access) {
            case null -> new NotAsked();
            case Closed(String why) -> new Failed(why);
            case Open open -> answer.get();
        };
    }

    /** Returns the ids of records that differ from the one that is known here. */
    Map<TargetLine, Long> others() {
        Map<TargetLine, Long> others = new HashMap<>();
        if (answer() instanceof Newest answered) {
            for (TargetLine line : lines) {
                BuildDeployment there = answered.newestAt(line);
                if (there != null && !isSame(line, there)) {
                    others.put(line, there.id());
                }
            }
        }
        return others;
    }

    private static boolean isSame(TargetLine line, BuildDeployment there) {
        return line.now() != null && there.id().equals(line.now().buildDeploymentId());
    }

    Stream<Map<String, String>> results(OwnRecords own) {
        return lines.stream().map(line -> {
            Map<String, String> result = new HashMap<>(compare(line, own));
            result.put("target", line.key().hash());
            return result;
        });
    }

    private Map<String, String> compare(TargetLine line, OwnRecords own) {
        return switch (answer()) {
            case Failed(String why) -> result("notCompared", Messages.compare_failed(why));
            case Broken(Throwable failure) ->
                result(
                        "notCompared",
                        Messages.compare_failed(WebRequestWait.message(failure, LocaleProvider.getLocale())));
            case Result any when line.last().deploymentId() == null -> result("notCompared", Messages.compare_noId());
            case NotAsked none -> result("notCompared", Messages.compare_many());
            case Late late -> result("notCompared", Messages.compare_late());
            case Newest answered -> compare(line, answered.newestAt(line), own);
        };
    }

    private static Map<String, String> compare(TargetLine line, @CheckForNull BuildDeployment there, OwnRecords own) {
        if (there == null) {
            return result(line.now() == null ? "same" : "other", Messages.compare_none());
        }
        String build = String.valueOf(there.buildId());
        String record = String.valueOf(there.id());
        if (isSame(line, there)) {
            return result("same", Messages.compare_same(record));
        }
        if (own.has(line)) {
            return result(
                    "other",
                    own.job(line)
                            .map(job -> Messages.compare_byJob(build, job, record))
                            .orElseGet(() -> Messages.compare_ours(build, record)));
        }
        if (!own.isWhole()) {
            return result("notCompared", Messages.compare_late());
        }
        if (line.now() != null && there.buildId().equals(line.now().buildId())) {
            return result("same", Messages.compare_again(build, record));
        }
        boolean perhaps =
                line.perhaps() != null && there.buildId().equals(line.perhaps().buildId());
        return perhaps
                ? result("other", Messages.compare_perhaps(build, record))
                : result("other", Messages.compare_foreign(build, record));
    }

    private static Map<String, String> result(String state, String text) {
        return Map.of("state", state, "text", text);
    }
}
