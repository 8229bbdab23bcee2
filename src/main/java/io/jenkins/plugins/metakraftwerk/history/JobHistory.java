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

/** What a job did at its targets: in two files beside its builds, which outlive those and move with the job. */
final class JobHistory {

    static final String TARGETS = "metakraftwerk-targets.jsonl";

    private final HistoryFile history = new HistoryFile();
    private final TargetsFile targets = new TargetsFile(TARGETS, history::forEach);

    /**
     * Notes an attempt, where it is missing: after a crash it may be in one of the two files.
     *
     * @param mayBeThere whether it may have been noted before this Jenkins began
     */
    synchronized void add(Job<?, ?> job, AttemptRecord entry, boolean mayBeThere) {
        Path folder = folder(job);
        boolean last = isLast(folder, entry);
        boolean noted = mayBeThere ? history.has(folder, entry) : last;
        HistoryLine line = new HistoryLine(targets.keyOf(folder, entry), entry);
        if (!noted) {
            // First, since it alone tells that an entry was noted which is not the last any more.
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
     * Without the names that somebody has mistyped and then put right. Waits for nobody who uses the disk, unless it has to
     * be read first.
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

    /** What is wrong with its files, as far as that is known. Does not block. */
    List<LinesFile.Problem> problems() {
        return Stream.of(targets.problem(), history.problem())
                .flatMap(Optional::stream)
                .toList();
    }

    /** Newest first. */
    synchronized List<AttemptRecord> attempts(Job<?, ?> job, TargetLine line) {
        String fullName = job.getFullName();
        return history.attempts(folder(job), keys(line)).stream()
                .map(entry -> line.key()
                        .withIds(entry)
                        .named(line.last().pattern(), line.last().deployment())
                        .withJob(fullName))
                .toList();
    }

    /** What brought one of these records, of whatever server and target. */
    synchronized List<HistoryLine> withRecords(Job<?, ?> job, Set<Long> records) {
        return history.withRecords(folder(job), records);
    }

    /** Fails, and forgets nothing or not all, where its files can be neither read nor written. */
    synchronized void remove(Job<?, ?> job, TargetLine line) throws IOException {
        Path folder = folder(job);
        Set<TargetKey> asked = keys(line);
        Optional<Set<TargetKey>> known = knownWith(line.key());
        // Also what nobody can ask for any more, such as what stands under a name that the target had once: it would be
        // taken for a target when the other file is made anew.
        history.remove(
                folder,
                key -> asked.contains(key)
                        || known.filter(keys -> !keys.contains(key)).isPresent());
        for (TargetKey key : asked) {
            targets.remove(folder, key);
        }
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
