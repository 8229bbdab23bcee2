package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * File of all attempts at the targets of a job, oldest first. Nothing of it stays in memory. For one thread at a time,
 * except {@link #problem}.
 */
final class HistoryFile {

    private static final Logger LOGGER = Logger.getLogger(HistoryFile.class.getName());

    private static final Pattern RECORD = Pattern.compile("\"record\":\\{\"id\":(\\d{1,18})");

    static final String NAME = "metakraftwerk-history.jsonl";

    private final LinesFile file = LinesFile.unforced(CurrentDisk.disk(), NAME);

    /** Number of lines that the last cut kept. */
    private long kept;

    /** Returns the known problem of the file. Does not block. */
    Optional<LinesFile.Problem> problem() {
        return file.problem();
    }

    /** @param known the targets that are known; empty if they are unknown, and then no line may be dropped */
    void add(Path folder, HistoryLine line, Optional<Set<TargetKey>> known) {
        file.append(folder, line.toString());
        boolean tooMuch = file.length() > 2 * Math.max(kept, perTarget()) || file.isLarge();
        if (known.isPresent() && tooMuch) {
            try {
                cut(folder, known.get());
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Could not shorten the history in " + folder);
            }
        }
    }

    private static int perTarget() {
        return MetaKraftwerkGlobalConfiguration.get().getHistoryPerTarget();
    }

    private void cut(Path folder, Set<TargetKey> known) throws IOException {
        List<String> lines = file.read(folder, HistoryLine::isRead);
        Map<TargetKey, Integer> counts = new HashMap<>();
        ArrayDeque<String> newest = new ArrayDeque<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            HistoryLine.read(line)
                    .filter(read ->
                            known.contains(read.key()) && counts.merge(read.key(), 1, Integer::sum) <= perTarget())
                    .ifPresent(read -> newest.addFirst(line));
        }
        kept = newest.size();
        file.replace(folder, () -> List.copyOf(newest));
    }

    /** Returns the lines that fit. If the file cannot be read, finds only lines that were noted since. */
    private List<String> lines(Path folder, Predicate<String> fits) {
        LineLimits.NewestLines found = new LineLimits.NewestLines();
        Consumer<String> take = line -> {
            if (fits.test(line)) {
                found.add(line);
            }
        };
        try {
            file.forEach(folder, take);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Still cannot read the history in " + folder);
            file.waiting().forEach(take);
        }
        return found.lines();
    }

    /** Passes each entry on, oldest first. */
    void forEach(Path folder, Consumer<HistoryLine> each) throws IOException {
        file.forEach(folder, text -> HistoryLine.read(text).ifPresent(each));
    }

    /** Returns true if the file has this statement of the run already. */
    boolean has(Path folder, AttemptRecord entry) {
        return lines(folder, text -> text.contains(entry.owner())).stream()
                .map(HistoryLine::read)
                .flatMap(Optional::stream)
                .map(HistoryLine::attempt)
                .anyMatch(entry::says);
    }

    /** Returns the attempts at these targets, newest first. */
    List<AttemptRecord> attempts(Path folder, Set<TargetKey> keys) {
        List<String> asked = lines(folder, mentions(keys));
        if (!asked.stream().allMatch(HistoryLine::isRead)) {
            putAside(folder);
        }
        List<AttemptRecord> found = asked.stream()
                .map(HistoryLine::read)
                .flatMap(Optional::stream)
                .filter(line -> keys.contains(line.key()))
                .map(HistoryLine::attempt)
                .collect(Collectors.toList());
        Collections.reverse(found);
        return found;
    }

    /** Returns the lines with one of these records. */
    List<HistoryLine> withRecords(Path folder, Set<Long> records) {
        return lines(folder, line -> records.contains(recordOf(line))).stream()
                .map(HistoryLine::read)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Finds the id without parsing the line, since there are thousands of others. Null if there is none. */
    @CheckForNull
    private static Long recordOf(String line) {
        Matcher record = RECORD.matcher(line);
        return record.find() ? Long.valueOf(record.group(1)) : null;
    }

    private void putAside(Path folder) {
        try {
            file.read(folder, HistoryLine::isRead);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not put aside what is damaged in the history in " + folder);
        }
    }

    /**
     * Forgets the lines of the targets that are asked for.
     *
     * @throws IOException if the file cannot be read or written; nothing is forgotten then
     */
    void remove(Path folder, Predicate<TargetKey> asked) throws IOException {
        LineLimits.NewestLines left = new LineLimits.NewestLines();
        file.forEach(folder, text -> {
            if (HistoryLine.read(text).filter(line -> asked.test(line.key())).isEmpty()) {
                left.add(text);
            }
        });
        file.replace(folder, left::lines);
    }

    /** Rejects most lines without parsing them. */
    private static Predicate<String> mentions(Set<TargetKey> keys) {
        List<String> texts = keys.stream().map(JsonLine::write).toList();
        return line -> texts.stream().anyMatch(line::contains);
    }
}
