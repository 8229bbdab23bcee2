package io.jenkins.plugins.metakraftwerk.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of each target of a job, or of many jobs. For one thread at a time. */
final class Targets {

    private final Map<TargetKey, TargetLine> lines = new LinkedHashMap<>();

    /** Where an attempt belongs: to the ids that it knows, else to those known last for its names, else to its names. */
    TargetKey keyOf(HistoryEntry entry) {
        TargetKey own = TargetKey.of(entry);
        return own.isOfIds() ? own : ids(own).orElse(own);
    }

    private Optional<TargetKey> ids(TargetKey names) {
        return lines.values().stream()
                .filter(line -> line.key().isOfIds() && names.fits(line.key(), line.last()))
                .max(Comparator.comparingLong(line -> line.last().deployedAt()))
                .map(TargetLine::key);
    }

    /** Takes over what was filed under the names before their ids were known. */
    void add(HistoryLine line) {
        add(TargetLine.of(line.key(), line.entry()));
        TargetLine known = lines.get(line.key());
        if (line.key().isOfIds()) {
            List<TargetLine> before = lines.values().stream()
                    .filter(other -> !other.key().isOfIds() && other.key().fits(known.key(), known.last()))
                    .toList();
            before.forEach(this::file);
        }
    }

    /** Files what stands under names only under the ids that are known for them here. */
    void settle() {
        List.copyOf(lines.values()).stream()
                .filter(line -> !line.key().isOfIds())
                .forEach(this::file);
    }

    private void file(TargetLine names) {
        ids(names.key()).ifPresent(key -> {
            lines.remove(names.key());
            lines.put(key, lines.get(key).and(names));
        });
    }

    void add(TargetLine line) {
        lines.merge(line.key(), line, TargetLine::and);
    }

    /** Forgets what was not used for longest. */
    void keep(int most) {
        while (lines.size() > most) {
            lines.remove(lines.values().stream()
                    .min(Comparator.comparingLong(line -> line.last().deployedAt()))
                    .orElseThrow()
                    .key());
        }
    }

    void remove(TargetKey key) {
        lines.remove(key);
    }

    /** Whether something is known of that target; of one that is filed under names, also under the ids known for them. */
    boolean know(TargetLine line) {
        return lines.containsKey(line.key())
                || !line.key().isOfIds() && ids(line.key()).isPresent();
    }

    Optional<TargetLine> get(TargetKey key) {
        return Optional.ofNullable(lines.get(key));
    }

    List<TargetLine> lines() {
        return new ArrayList<>(lines.values());
    }

    /** What it takes to know all of this again. */
    List<HistoryLine> asFiled() {
        return lines.values().stream()
                .flatMap(line -> line.entries().stream().map(entry -> new HistoryLine(line.key(), entry)))
                .toList();
    }
}
