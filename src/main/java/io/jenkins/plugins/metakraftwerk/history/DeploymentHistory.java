package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.AccessControlled;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.run.DeploymentEvents;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** What this Jenkins deployed where, of what the current user may see. */
public final class DeploymentHistory {

    private DeploymentHistory() {}

    /** Completes when all that has ended before this call is in the history. */
    public static CompletableFuture<Void> caughtUp() {
        return DeploymentEvents.get().heardBy(HistoryListener.get());
    }

    /** One line for each target of a job. Reads one small file at most, and none where it is in memory. */
    public static List<TargetLine> of(Job<?, ?> job) {
        return Scope.of(job).targets().lines();
    }

    /** One line for each target of all that is in a group, with what deleted jobs left there; the newest of all jobs wins. */
    public static List<TargetLine> of(ItemGroup<?> group) {
        return Scope.of(group).targets().lines();
    }

    /**
     * What was done at one target, newest first.
     *
     * @param from how many of the newest are left out
     * @param most how many follow
     */
    public static List<HistoryEntry> of(Job<?, ?> job, TargetKey key, int from, int most) {
        return entries(Scope.of(job), key).skip(from).limit(most).toList();
    }

    public static List<HistoryEntry> of(ItemGroup<?> group, TargetKey key, int from, int most) {
        return entries(Scope.of(group), key).skip(from).limit(most).toList();
    }

    /**
     * What was deployed last at a target by the jobs of a job's own folder and below; for a job in no folder, by those in
     * none.
     *
     * @param serverUrl in its normal form
     * @param asked one pattern and one deployment
     */
    public static Optional<LastDeployment> around(Job<?, ?> job, String serverUrl, BuildDeploymentFilter asked) {
        Scope scope = Scope.around(job);
        return scope.targets().lines().stream()
                .filter(line -> line.now() != null && line.is(serverUrl, asked))
                .max(Comparator.comparingLong(line -> line.now().deployedAt()))
                .map(line -> new LastDeployment(line.now(), before(scope, line)));
    }

    private static HistoryEntry before(Scope scope, TargetLine line) {
        HistoryEntry now = line.now();
        return entries(scope, line.key())
                .filter(entry -> entry.landed() && entry.deployedAt() <= now.deployedAt())
                .filter(entry -> !Objects.equals(now.buildId(), entry.buildId()))
                .findFirst()
                .orElse(null);
    }

    private static Stream<HistoryEntry> entries(Scope scope, TargetKey key) {
        Histories histories = Histories.get();
        Optional<TargetLine> asked = scope.targets().get(key);
        if (asked.isEmpty()) {
            return Stream.of();
        }
        Stream<HistoryEntry> living = scope.jobs().stream()
                .flatMap(job -> histories.of(job).lines(job).stream()
                        .filter(line -> isOf(line, asked.get()))
                        .flatMap(line -> histories.of(job).of(job, line).stream()));
        Stream<HistoryEntry> deleted = scope.groups().stream()
                .flatMap(group -> histories.deletedIn(group).lines(group).stream())
                .filter(line -> isOf(line, asked.get()))
                .flatMap(line -> line.entries().stream());
        return Stream.concat(living, deleted)
                .distinct()
                .sorted(Comparator.comparingLong(HistoryEntry::deployedAt).reversed());
    }

    private static boolean isOf(TargetLine line, TargetLine asked) {
        return line.key().equals(asked.key())
                || !line.key().isOfIds() && line.key().fits(asked.key(), asked.last());
    }

    /**
     * Forgets all that a job did at a target.
     *
     * @throws IOException if a file can be neither read nor written; what was not forgotten then is still there
     * @throws org.springframework.security.access.AccessDeniedException unless the current user may configure the job
     */
    public static void clear(Job<?, ?> job, TargetKey key) throws IOException {
        job.checkPermission(Item.CONFIGURE);
        forget(job, key);
    }

    /**
     * Forgets all that was done at a target by what is in a group and may be configured by the current user.
     *
     * @throws IOException if a file can be neither read nor written; what was not forgotten then is still there
     * @throws org.springframework.security.access.AccessDeniedException unless he may configure the group; for Jenkins
     *     itself, administer it
     */
    public static void clear(ItemGroup<?> group, TargetKey key) throws IOException {
        ((AccessControlled) group).checkPermission(group instanceof Item ? Item.CONFIGURE : Jenkins.ADMINISTER);
        Scope scope = Scope.of(group);
        for (Job<?, ?> job : scope.jobs()) {
            if (job.hasPermission(Item.CONFIGURE)) {
                forget(job, key);
            }
        }
        for (ItemGroup<?> each : scope.groups()) {
            if (DeletedJobs.mayChange(each)) {
                Histories.get().deletedIn(each).remove(each, key);
            }
        }
    }

    private static void forget(Job<?, ?> job, TargetKey key) throws IOException {
        JobHistory history = Histories.get().of(job);
        for (TargetLine line : history.lines(job)) {
            if (line.key().equals(key)) {
                history.remove(job, line);
            }
        }
    }

    /** What is missing of a job's history, in words, as far as that is known after it was asked for. */
    public static List<String> problems(Job<?, ?> job) {
        return Scope.of(job).problems();
    }

    /** As {@link #problems(Job)}; of all that is in a group, the first few. */
    public static List<String> problems(ItemGroup<?> group) {
        return Scope.of(group).problems();
    }

    /** As {@link #problems(Job)}, of what {@link #around} asks. */
    public static List<String> problemsAround(Job<?, ?> job) {
        return Scope.around(job).problems();
    }
}
