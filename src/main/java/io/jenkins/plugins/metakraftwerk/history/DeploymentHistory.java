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

/** What this Jenkins deployed where, of what the current user may see. */
public final class DeploymentHistory {

    private DeploymentHistory() {}

    /** One line for each target of a job. Reads one small file at most, and none where it is in memory. */
    public static List<TargetLine> targets(Job<?, ?> job) {
        return HistoryScope.forJob(job).targets().lines();
    }

    /** One line for each target of all that is in a group, with what deleted jobs left there; the newest of all jobs wins. */
    public static List<TargetLine> targets(ItemGroup<?> group) {
        return HistoryScope.forGroup(group).targets().lines();
    }

    /**
     * What was done at one target, newest first.
     *
     * @param from how many of the newest are left out
     * @param most how many follow
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

    /** What is missing of a job's history, in words, as far as that is known after it was asked for. */
    public static List<String> problems(Job<?, ?> job) {
        return HistoryScope.forJob(job).problems();
    }

    /** As {@link #problems(Job)}; of all that is in a group, the first few. */
    public static List<String> problems(ItemGroup<?> group) {
        return HistoryScope.forGroup(group).problems();
    }
}
