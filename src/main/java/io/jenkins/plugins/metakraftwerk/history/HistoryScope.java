package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.AccessControlled;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.FileNotices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Jobs and groups that a question is about, as far as the current user may read them.
 *
 * @param jobs jobs whose history counts
 * @param groups groups whose deleted jobs count
 */
record HistoryScope(List<Job<?, ?>> jobs, List<ItemGroup<?>> groups) {

    /** More problems would help nobody. */
    private static final int MOST_PROBLEMS = 10;

    static HistoryScope forJob(Job<?, ?> job) {
        return new HistoryScope(job.hasPermission(Item.READ) ? List.of(job) : List.of(), List.of());
    }

    /** Returns all items in a group, at any depth. */
    static HistoryScope forGroup(ItemGroup<?> group) {
        HistoryScope scope = new HistoryScope(new ArrayList<>(), new ArrayList<>());
        if (mayRead(group)) {
            scope.groups.add(group);
            scope.addAll(group);
        }
        return scope;
    }

    /** Returns the items in the folder of a job. For a job in no folder, the jobs that are in none. */
    static HistoryScope aroundJob(Job<?, ?> job) {
        ItemGroup<?> group = job.getParent();
        if (!(group instanceof Jenkins jenkins)) {
            return forGroup(group);
        }
        HistoryScope scope = new HistoryScope(new ArrayList<>(), new ArrayList<>(List.of(jenkins)));
        for (Item item : jenkins.getItems()) {
            if (item instanceof Job<?, ?> one) {
                scope.jobs.add(one);
            }
        }
        return scope;
    }

    /** Checks the permission, since some groups also list items that the user may not read. */
    private void addAll(ItemGroup<?> group) {
        for (Item item : group.getItems()) {
            if (item.hasPermission(Item.READ)) {
                add(item);
            }
        }
    }

    private void add(Item item) {
        if (item instanceof Job<?, ?> job) {
            jobs.add(job);
        }
        if (item instanceof ItemGroup<?> group) {
            groups.add(group);
            addAll(group);
        }
    }

    private static boolean mayRead(ItemGroup<?> group) {
        return group instanceof AccessControlled secured
                && secured.hasPermission(group instanceof Item ? Item.READ : Jenkins.READ);
    }

    /** Returns what is missing, in words, for the first few files. */
    List<String> problems() {
        JobHistories histories = JobHistories.get();
        Stream<String> ofJobs = jobs.stream()
                .flatMap(job -> histories.forJob(job).problems().stream()
                        .flatMap(problem -> FileNotices.forProblem(job.getFullDisplayName(), problem).stream()));
        Stream<String> ofGroups = groups.stream()
                .flatMap(group -> histories.deletedIn(group).problem().stream()
                        .flatMap(problem -> FileNotices.forProblem(group.getFullDisplayName(), problem).stream()));
        return Stream.concat(ofJobs, ofGroups).limit(MOST_PROBLEMS).toList();
    }

    /** Returns a line for each target, with the newest attempts of all jobs. */
    TargetLines targets() {
        TargetLines all = ofJobs();
        ofDeletedJobs(all).forEach(all::add);
        all.settle();
        return all;
    }

    /** Returns the targets of existing jobs, as the jobs have filed them. */
    TargetLines ofJobs() {
        JobHistories histories = JobHistories.get();
        TargetLines living = new TargetLines();
        jobs.forEach(job -> histories.forJob(job).lines(job).forEach(living::add));
        return living;
    }

    /**
     * Returns targets of deleted jobs. It is unknown by now which users were allowed to read these jobs. So only users
     * who may change the group get all of it. Others get what is at a target that a job shows them, without the name of
     * the job.
     *
     * @param living the targets of existing jobs
     */
    List<TargetLine> ofDeletedJobs(TargetLines living) {
        JobHistories histories = JobHistories.get();
        List<TargetLine> shown = new ArrayList<>();
        List<TargetLine> others = new ArrayList<>();
        groups.forEach(group -> (DeletedJobs.mayChange(group) ? shown : others)
                .addAll(histories.deletedIn(group).lines(group)));
        if (!others.isEmpty()) {
            Set<TargetKey> known = living.known();
            others.stream()
                    .filter(line -> known.contains(line.key()))
                    .map(line -> line.map(AttemptRecord::ofSomeJob))
                    .forEach(shown::add);
        }
        return shown;
    }
}
