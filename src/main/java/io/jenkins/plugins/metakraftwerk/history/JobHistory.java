package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Job;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a job did at its targets: in two files beside its builds, which outlive those and move with the job. */
final class JobHistory {

    static final String TARGETS = "metakraftwerk-targets.jsonl";

    private final TargetsFile targets = new TargetsFile(TARGETS);
    private final HistoryFile history = new HistoryFile();

    /** @param mayBeTold whether the run may have told it before this Jenkins began */
    synchronized void add(Job<?, ?> job, HistoryEntry entry, boolean mayBeTold) {
        Path folder = folder(job);
        if (isLast(folder, entry) || mayBeTold && history.has(folder, entry)) {
            return;
        }
        HistoryLine line = new HistoryLine(targets.keyOf(folder, entry), entry);
        targets.add(folder, line);
        history.add(
                folder,
                line,
                targets.lines(folder).stream()
                        .flatMap(known -> keys(known).stream())
                        .toList());
    }

    private boolean isLast(Path folder, HistoryEntry entry) {
        return targets.lines(folder).stream()
                .flatMap(line -> line.entries().stream())
                .anyMatch(other ->
                        entry.owner().equals(other.owner()) && entry.outcome().equals(other.outcome()));
    }

    synchronized List<TargetLine> lines(Job<?, ?> job) {
        String fullName = job.getFullName();
        return targets.lines(folder(job)).stream()
                .map(line -> line.map(entry -> entry.of(fullName)))
                .toList();
    }

    /** Newest first. */
    synchronized List<HistoryEntry> of(Job<?, ?> job, TargetLine line) {
        String fullName = job.getFullName();
        return history.of(folder(job), keys(line)).stream()
                .map(entry -> line.key()
                        .withIds(entry)
                        .named(line.last().pattern(), line.last().deployment())
                        .of(fullName))
                .toList();
    }

    synchronized void remove(Job<?, ?> job, TargetLine line) {
        keys(line).forEach(key -> targets.remove(folder(job), key));
        history.remove(folder(job), keys(line));
    }

    /** Its own, and what it was filed under before its ids were known. */
    private static Set<TargetKey> keys(TargetLine line) {
        Set<TargetKey> keys = new HashSet<>(Set.of(line.key()));
        line.entries().forEach(entry -> keys.addAll(TargetKey.namesOf(entry)));
        return keys;
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }
}
