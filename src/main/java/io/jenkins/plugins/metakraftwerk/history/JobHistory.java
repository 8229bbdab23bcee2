package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Attempts of a job at its targets. Two files beside its builds keep them: they outlive the builds and move with the
 * job.
 */
final class JobHistory {

    static final String TARGETS = "metakraftwerk-targets.jsonl";

    private final HistoryFile history = new HistoryFile();
    private final TargetsFile targets = new TargetsFile(TARGETS, history::forEach);

    /**
     * Notes an attempt in each file that lacks it. After a crash it may be in one of the two.
     *
     * @param mayBeThere true if it may have been noted before this Jenkins started
     */
    synchronized void add(Job<?, ?> job, AttemptRecord entry, boolean mayBeThere) {
        Path folder = folder(job);
        boolean last = isLast(folder, entry);
        boolean noted = mayBeThere ? history.has(folder, entry) : last;
        HistoryLine line = new HistoryLine(targets.keyOf(folder, entry), entry);
        if (!noted) {
            // This file comes first: it alone shows that an older entry was noted.
            history.add(folder, line, knownWith(line.key()));
        }
        if (!last) {
            targets.add(folder, line);
        }
    }

    private Optional<Set<TargetKey>> knownWith(TargetKey key) {
        List<TargetLine> known = targets.known();
        if (known == null) {
            return Optional.empty();
        }
        Set<TargetKey> keys = new HashSet<>(Set.of(key));
        known.forEach(each -> keys.addAll(keys(each)));
        return Optional.of(keys);
    }

    private boolean isLast(Path folder, AttemptRecord entry) {
        return targets.lines(folder).stream()
                .flatMap(line -> line.entries().stream())
                .anyMatch(entry::says);
    }

    /**
     * Returns the targets. Leaves out a misspelt name once something landed later. Waits for the disk only if the file
     * was not read yet.
     */
    List<TargetLine> lines(Job<?, ?> job) {
        String fullName = job.getFullName();
        List<TargetLine> known = targets.known();
        List<TargetLine> all = known == null ? read(job) : known;
        long landed = all.stream()
                .flatMap(line -> line.standing().stream())
                .mapToLong(AttemptRecord::time)
                .max()
                .orElse(Long.MIN_VALUE);
        return all.stream()
                .filter(line -> line.last().time() >= landed || !line.isMistyped())
                .map(line -> line.map(entry -> entry.withJob(fullName)))
                .toList();
    }

    private synchronized List<TargetLine> read(Job<?, ?> job) {
        return targets.lines(folder(job));
    }

    /** Returns the known problems of the files. Does not block. */
    List<LinesFile.Problem> problems() {
        return Stream.of(targets.problem(), history.problem())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns the attempts at a target, newest first. */
    synchronized List<AttemptRecord> attempts(Job<?, ?> job, TargetLine line) {
        String fullName = job.getFullName();
        return history.attempts(folder(job), keys(line)).stream()
                .map(entry -> line.key()
                        .withIds(entry)
                        .named(line.last().pattern(), line.last().deployment())
                        .withJob(fullName))
                .toList();
    }

    /** Returns the lines with one of these records, at any server and target. */
    synchronized List<HistoryLine> withRecords(Job<?, ?> job, Set<Long> records) {
        return history.withRecords(folder(job), records);
    }

    /**
     * Forgets a target.
     *
     * @throws IOException if a file cannot be read or written; a part may be forgotten then
     */
    synchronized void remove(Job<?, ?> job, TargetLine line) throws IOException {
        Path folder = folder(job);
        Set<TargetKey> asked = keys(line);
        Optional<Set<TargetKey>> known = knownWith(line.key());
        // Drops lines of unknown targets too, such as those under an old name of the target. They would become a target
        // when the other file is rebuilt.
        history.remove(
                folder,
                key -> asked.contains(key)
                        || known.filter(keys -> !keys.contains(key)).isPresent());
        for (TargetKey key : asked) {
            targets.remove(folder, key);
        }
    }

    /** Returns the key of the target and the keys that it had before its ids were known. */
    private static Set<TargetKey> keys(TargetLine line) {
        Set<TargetKey> keys = new HashSet<>(Set.of(line.key()));
        line.entries().forEach(entry -> keys.addAll(TargetKey.namesOf(entry)));
        return keys;
    }

    private static Path folder(Job<?, ?> job) {
        return job.getRootDir().toPath();
    }
}
