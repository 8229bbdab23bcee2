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
 * Finds records that a job of this Jenkins brought. Looks also at jobs that the current user may not see, since it
 * would be wrong to call their records foreign. Passes once over the targets in memory. Then reads the histories of the
 * jobs that know the remaining targets.
 */
final class OwnRecords {

    private final WebRequestDeadline deadline;

    /**
     * Targets of records that are not found yet, by the id of the record. Records of two servers may have the same id.
     */
    private final Map<Long, List<TargetLine>> open = new HashMap<>();

    /** Full name of the job that brought the record, by target. Empty if the job was deleted. */
    private final Map<TargetKey, String> own = new HashMap<>();

    private boolean whole = true;

    private OwnRecords(WebRequestDeadline deadline) {
        this.deadline = deadline;
    }

    /** @param asked id of a record for each target */
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

    /** Returns true if a job of this Jenkins brought the record of that target. */
    boolean has(TargetLine line) {
        return own.containsKey(line.key());
    }

    /**
     * Returns the name of the job that brought the record. Empty if the current user may not know it, or the job was
     * deleted.
     */
    Optional<String> job(TargetLine line) {
        return Optional.ofNullable(Jenkins.get().getItemByFullName(own.get(line.key()), Job.class))
                .map(Job::getFullDisplayName);
    }

    /** Returns true if there was time to look everywhere. */
    boolean isWhole() {
        return whole;
    }

    private void find(HistoryScope scope) {
        JobHistories histories = JobHistories.get();
        for (ItemGroup<?> group : scope.groups()) {
            if (isOver()) {
                return;
            }
            histories.deletedIn(group).lines(group).forEach(line -> match(line, ""));
        }
        for (Job<?, ?> job : scope.jobs()) {
            if (isOver()) {
                return;
            }
            histories.forJob(job).lines(job).forEach(line -> match(line, job.getFullName()));
        }
        Set<TargetKey> wanted = wanted();
        for (Job<?, ?> job : scope.jobs()) {
            if (isOver()) {
                return;
            }
            JobHistory history = histories.forJob(job);
            if (history.lines(job).stream().anyMatch(line -> wanted.contains(line.key()))) {
                history.withRecords(job, open.keySet())
                        .forEach(line -> match(line.key(), line.attempt().buildDeploymentId(), job.getFullName()));
            }
        }
    }

    private boolean isOver() {
        whole = open.isEmpty() || !deadline.isOver();
        return open.isEmpty() || !whole;
    }

    /** Returns all keys of the targets whose records are not found yet. */
    private Set<TargetKey> wanted() {
        Set<TargetKey> wanted = new HashSet<>();
        open.values()
                .forEach(lines -> lines.forEach(line -> {
                    wanted.add(line.key());
                    wanted.addAll(line.names());
                }));
        return wanted;
    }

    private void match(TargetLine line, String job) {
        line.entries().forEach(entry -> match(line.key(), entry.buildDeploymentId(), job));
    }

    private void match(TargetKey key, Long record, String job) {
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
