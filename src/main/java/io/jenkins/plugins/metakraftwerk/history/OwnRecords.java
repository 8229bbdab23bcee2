package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.WebRequestDeadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Which records of targets some job of this Jenkins brought, also one that the current user may not see: it would be wrong to
 * say that they are foreign. Finds all in one pass over what is in memory, and reads the histories of those jobs that know
 * the targets of the others.
 */
final class OwnRecords {

    private final WebRequestDeadline deadline;

    /** By their ids those that are not found yet, each at a target; servers number theirs alike. */
    private final Map<Long, List<TargetLine>> open = new HashMap<>();

    /** The name of the job that has brought it; empty where that was deleted. */
    private final Map<TargetKey, String> own = new HashMap<>();

    private boolean whole = true;

    private OwnRecords(WebRequestDeadline deadline) {
        this.deadline = deadline;
    }

    /** @param asked the id of a record for each target */
    static OwnRecords among(Map<TargetLine, Long> asked, WebRequestDeadline deadline) {
        OwnRecords records = new OwnRecords(deadline);
        asked.forEach((line, id) ->
                records.open.computeIfAbsent(id, any -> new ArrayList<>()).add(line));
        if (!asked.isEmpty()) {
            try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
                records.find(HistoryScope.forGroup(Jenkins.get()));
            }
        }
        return records;
    }

    /** Whether the record of that target was brought by a job of this Jenkins. */
    boolean has(TargetLine line) {
        return own.containsKey(line.key());
    }

    /** What the job is called that brought it; empty where the current user may not know that, or it was deleted. */
    Optional<String> job(TargetLine line) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(own.get(line.key()), Job.class))
                .map(Job::getFullDisplayName);
    }

    /** Whether there was time to look everywhere. */
    boolean isWhole() {
        return whole;
    }

    private void find(HistoryScope scope) {
        JobHistories histories = JobHistories.get();
        for (ItemGroup<?> group : scope.groups()) {
            if (isOver()) {
                return;
            }
            histories.deletedIn(group).lines(group).forEach(line -> look(line, ""));
        }
        for (Job<?, ?> job : scope.jobs()) {
            if (isOver()) {
                return;
            }
            histories.forJob(job).lines(job).forEach(line -> look(line, job.getFullName()));
        }
        Set<TargetKey> wanted = wanted();
        for (Job<?, ?> job : scope.jobs()) {
            if (isOver()) {
                return;
            }
            JobHistory history = histories.forJob(job);
            if (history.lines(job).stream().anyMatch(line -> wanted.contains(line.key()))) {
                history.withRecords(job, open.keySet())
                        .forEach(line -> look(line.key(), line.attempt().buildDeploymentId(), job.getFullName()));
            }
        }
    }

    private boolean isOver() {
        whole = open.isEmpty() || !deadline.isOver();
        return open.isEmpty() || !whole;
    }

    /** What the targets of the records that are not found yet may be filed under. */
    private Set<TargetKey> wanted() {
        Set<TargetKey> wanted = new HashSet<>();
        open.values()
                .forEach(lines -> lines.forEach(line -> {
                    wanted.add(line.key());
                    wanted.addAll(line.names());
                }));
        return wanted;
    }

    private void look(TargetLine line, String job) {
        line.entries().forEach(entry -> look(line.key(), entry.buildDeploymentId(), job));
    }

    private void look(TargetKey key, Long record, String job) {
        List<TargetLine> asked = record == null ? null : open.get(record);
        if (asked == null) {
            return;
        }
        List<TargetLine> found = asked.stream().filter(line -> line.covers(key)).toList();
        found.forEach(line -> own.put(line.key(), job));
        asked.removeAll(found);
        if (asked.isEmpty()) {
            open.remove(record);
        }
    }
}
