package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.LinesFile;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All that was done at the targets of a job, oldest first. Nothing of it stays in memory. For one thread at a time. */
final class HistoryFile {

    static final String NAME = "metakraftwerk-history.jsonl";

    private final LinesFile file = new LinesFile(NAME);

    /** How many lines were worth keeping when that was counted last. */
    private long kept;

    void add(Path folder, HistoryLine line, Collection<TargetKey> known) {
        file.append(folder, line.toString());
        if (file.length() > 2 * Math.max(kept, perTarget())) {
            cut(folder, Set.copyOf(known));
        }
    }

    private static int perTarget() {
        return MetaKraftwerkGlobalConfiguration.get().getHistoryPerTarget();
    }

    private void cut(Path folder, Set<TargetKey> known) {
        List<String> lines = file.read(folder);
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
        file.replace(folder, List.copyOf(newest));
    }

    /** Whether the run said this before. */
    boolean has(Path folder, HistoryEntry entry) {
        return file.read(folder).stream()
                .filter(text -> text.contains(entry.owner()))
                .map(HistoryLine::read)
                .flatMap(Optional::stream)
                .map(HistoryLine::entry)
                .anyMatch(other ->
                        entry.owner().equals(other.owner()) && entry.outcome().equals(other.outcome()));
    }

    /** The entries of these targets, newest first. */
    List<HistoryEntry> of(Path folder, Set<TargetKey> keys) {
        Predicate<String> asked = mentions(keys);
        List<HistoryEntry> found = file.read(folder).stream()
                .filter(asked)
                .map(HistoryLine::read)
                .flatMap(Optional::stream)
                .filter(line -> keys.contains(line.key()))
                .map(HistoryLine::entry)
                .collect(Collectors.toList());
        Collections.reverse(found);
        return found;
    }

    void remove(Path folder, Set<TargetKey> keys) {
        Predicate<String> asked = mentions(keys);
        file.replace(
                folder,
                file.read(folder).stream()
                        .filter(text -> !asked.test(text)
                                || HistoryLine.read(text)
                                        .filter(line -> keys.contains(line.key()))
                                        .isEmpty())
                        .toList());
    }

    /** Tells most lines apart without reading them. */
    private static Predicate<String> mentions(Set<TargetKey> keys) {
        List<String> texts = keys.stream().map(JsonLine::write).toList();
        return line -> texts.stream().anyMatch(line::contains);
    }
}
