package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.AccessControlled;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/** Deployments of this Jenkins by target, as far as the current user may see them. */
public final class DeploymentHistory {

    private DeploymentHistory() {}

    /** Returns a line for each target of a job. Reads at most one small file, and none once it is in memory. */
    public static List<TargetLine> targets(Job<?, ?> job) {
        return HistoryScope.forJob(job).targets().lines();
    }

    /**
     * Returns a line for each target of the items in a group and of the jobs that were deleted there. The newest
     * attempt of all jobs counts.
     */
    public static List<TargetLine> targets(ItemGroup<?> group) {
        return HistoryScope.forGroup(group).targets().lines();
    }

    /**
     * Returns the attempts at one target, newest first.
     *
     * @param from number of the newest attempts to leave out
     * @param most limit of the attempts to return
     */
    public static List<AttemptRecord> attempts(Job<?, ?> job, TargetKey key, int from, int most) {
        return entries(HistoryScope.forJob(job), key).skip(from).limit(most).toList();
    }

    public static List<AttemptRecord> attempts(ItemGroup<?> group, TargetKey key, int from, int most) {
        return entries(HistoryScope.forGroup(group), key).skip(from).limit(most).toList();
    }

    static Stream<AttemptRecord> entries(HistoryScope scope, TargetKey key) {
        JobHistories histories = JobHistories.get();
        TargetLines all = scope.ofJobs();
        List<TargetLine> left = scope.ofDeletedJobs(all);
        left.forEach(all::add);
        all.settle();
        Optional<TargetLine> asked = all.get(key);
        if (asked.isEmpty()) {
            return Stream.of();
        }
        Stream<AttemptRecord> living = scope.jobs().stream()
                .flatMap(job -> histories.forJob(job).lines(job).stream()
                        .filter(line -> asked.get().covers(line.key()))
                        .flatMap(line -> histories.forJob(job).attempts(job, line).stream()));
        Stream<AttemptRecord> deleted =
                left.stream().filter(line -> asked.get().covers(line.key())).flatMap(line -> line.entries().stream());
        return LandingOrder.inOrder(Stream.concat(living, deleted)
                        .distinct()
                        .sorted(Comparator.comparingLong(AttemptRecord::time).reversed())
                        .toList())
                .stream();
    }

    /**
     * Forgets all attempts of a job at a target.
     *
     * @throws IOException if a file cannot be read or written; what was not forgotten by then is still there
     * @throws org.springframework.security.access.AccessDeniedException unless the current user may configure the job
     */
    public static void clear(Job<?, ?> job, TargetKey key) throws IOException {
        job.checkPermission(Item.CONFIGURE);
        forget(job, key);
    }

    /**
     * Forgets all attempts at a target of the items in a group that the current user may configure.
     *
     * @throws IOException if a file cannot be read or written; what was not forgotten by then is still there
     * @throws org.springframework.security.access.AccessDeniedException unless the current user may configure the
     *     group; for Jenkins itself, administer it
     */
    public static void clear(ItemGroup<?> group, TargetKey key) throws IOException {
        ((AccessControlled) group).checkPermission(group instanceof Item ? Item.CONFIGURE : Jenkins.ADMINISTER);
        HistoryScope scope = HistoryScope.forGroup(group);
        for (Job<?, ?> job : scope.jobs()) {
            if (job.hasPermission(Item.CONFIGURE)) {
                forget(job, key);
            }
        }
        for (ItemGroup<?> each : scope.groups()) {
            if (DeletedJobs.mayChange(each)) {
                JobHistories.get().deletedIn(each).remove(each, key);
            }
        }
    }

    private static void forget(Job<?, ?> job, TargetKey key) throws IOException {
        JobHistory history = JobHistories.get().forJob(job);
        for (TargetLine line : history.lines(job)) {
            if (line.key().equals(key)) {
                history.remove(job, line);
            }
        }
    }

    /** Returns what is missing in the history of a job, in words. It is known only after the history was read. */
    public static List<String> problems(Job<?, ?> job) {
        return HistoryScope.forJob(job).problems();
    }

    /** Same as {@link #problems(Job)}, for the first few files of all items in a group. */
    public static List<String> problems(ItemGroup<?> group) {
        return HistoryScope.forGroup(group).problems();
    }
}
