package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import io.jenkins.plugins.metakraftwerk.server.WebWait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;

/** Targets of one pattern beside the newest records that its server has of them, which one request brings. */
final class ComparedPattern {

    /** How many attempts of a target are looked through for a record. */
    private static final int MOST = 1000;

    private static final BinaryOperator<BuildDeployment> NEWER = (one, other) -> one.id() > other.id() ? one : other;

    private final List<TargetLine> lines = new ArrayList<>();
    private MetaKraftwerkClient client;

    /** Done when the server has answered; of what it has, the newest by deployment id. */
    private CompletableFuture<Map<Long, BuildDeployment>> newest = new CompletableFuture<>();

    /** Why it could not be asked; null where it could. */
    private String failure;

    void add(TargetLine line) {
        lines.add(line);
    }

    private HistoryEntry any() {
        return lines.get(0).last();
    }

    ServerPin server() {
        return new ServerPin(any().server(), lines.get(0).key().serverUrl());
    }

    /** @return whether it can be asked */
    boolean connect(@CheckForNull MetaKraftwerkClient to, @CheckForNull String reason) {
        client = to;
        failure = reason;
        return to != null;
    }

    /** Completes, however the question ends. */
    CompletableFuture<Void> ask() {
        Set<Long> wanted = lines.stream()
                .map(line -> line.last().deploymentId())
                .filter(id -> id != null)
                .collect(Collectors.toSet());
        Long id = any().patternId();
        newest = client.collect(
                new BuildDeploymentFilter(null, id == null ? any().pattern() : null, id, null, null), newest(wanted));
        return newest.handle((found, failed) -> null);
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

    /** Time is up. */
    void stop() {
        newest.cancel(true);
    }

    Stream<Map<String, String>> results() {
        return lines.stream().map(line -> {
            Map<String, String> result = new HashMap<>(compare(line));
            result.put("target", line.key().hash());
            return result;
        });
    }

    private Map<String, String> compare(TargetLine line) {
        if (failure == null && newest.isCompletedExceptionally() && !newest.isCancelled()) {
            failure = newest.handle(
                            (found, failed) -> WebWait.message(Futures.cause(failed), LocaleProvider.getLocale()))
                    .join();
        }
        if (failure != null) {
            return result("notCompared", Messages.compare_failed(failure));
        }
        if (line.last().deploymentId() == null) {
            return result("notCompared", Messages.compare_noId());
        }
        if (!newest.isDone() || newest.isCancelled()) {
            return result("notCompared", client == null ? Messages.compare_many() : Messages.compare_late());
        }
        return compare(line, newest.join().get(line.last().deploymentId()));
    }

    private static Map<String, String> compare(TargetLine line, @CheckForNull BuildDeployment there) {
        if (there == null) {
            return result(line.now() == null ? "same" : "other", Messages.compare_none());
        }
        String build = String.valueOf(there.buildId());
        String record = String.valueOf(there.id());
        if (line.now() != null && there.id().equals(line.now().buildDeploymentId())) {
            return result("same", Messages.compare_same(record));
        }
        if (isOfThisJenkins(line.key(), there.id())) {
            return result("ours", Messages.compare_ours(build, record));
        }
        boolean perhaps =
                line.perhaps() != null && there.buildId().equals(line.perhaps().buildId());
        return perhaps
                ? result("other", Messages.compare_perhaps(build, record))
                : result("other", Messages.compare_foreign(build, record));
    }

    /** Also where the current user may not see the job that brought it: it would be wrong to say that it is foreign. */
    private static boolean isOfThisJenkins(TargetKey key, Long record) {
        try (ACLContext as = ACL.as2(ACL.SYSTEM2)) {
            return DeploymentHistory.of(Jenkins.get(), key, 0, MOST).stream()
                    .anyMatch(entry -> record.equals(entry.buildDeploymentId()));
        }
    }

    private static Map<String, String> result(String state, String text) {
        return Map.of("state", state, "text", text);
    }
}
