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
 * Where a question is asked, of what the current user may read.
 *
 * @param jobs what counts
 * @param groups whose deleted jobs count
 */
record HistoryScope(List<Job<?, ?>> jobs, List<ItemGroup<?>> groups) {

    /** More tell no more. */
    private static final int MOST_PROBLEMS = 10;

    static HistoryScope forJob(Job<?, ?> job) {
        return new HistoryScope(job.hasPermission(Item.READ) ? List.of(job) : List.of(), List.of());
    }

    /** All that is in a group, at whatever depth. */
    static HistoryScope forGroup(ItemGroup<?> group) {
        HistoryScope scope = new HistoryScope(new ArrayList<>(), new ArrayList<>());
        if (mayRead(group)) {
            scope.groups.add(group);
            scope.addAll(group);
        }
        return scope;
    }

    /** All that is in the folder of a job; outside of folders, the jobs that are in none. */
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

    /** Not all groups leave out what the user may not read. */
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

    /** What is missing, in words; of the first few files. */
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

    /** A line for each target, the newest of all. */
    TargetLines targets() {
        TargetLines all = ofJobs();
        ofDeletedJobs(all).forEach(all::add);
        all.settle();
        return all;
    }

    /** Of the jobs that are there, as they have filed it. */
    TargetLines ofJobs() {
        JobHistories histories = JobHistories.get();
        TargetLines living = new TargetLines();
        jobs.forEach(job -> histories.forJob(job).lines(job).forEach(living::add));
        return living;
    }

    /**
     * What deleted jobs left. Nobody can say any more who was allowed to read them: so all of it is for those who may change
     * the group, and others are told only what is at a target that they know.
     *
     * @param living the targets that a job shows
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
