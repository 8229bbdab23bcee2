package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Targets of a job, or of many jobs. For one thread at a time. */
final class TargetLines {

    private final Map<TargetKey, TargetLine> lines = new LinkedHashMap<>();

    /** Returns the key of an attempt: the ids that it knows, else the ids known last for its names, else its names. */
    TargetKey keyOf(AttemptRecord entry) {
        TargetKey own = TargetKey.from(entry);
        return own.ofIds() ? own : ids(own).orElse(own);
    }

    private Optional<TargetKey> ids(TargetKey names) {
        return lines.values().stream()
                .filter(line -> line.key().ofIds() && names.fits(line.key(), line.last()))
                .max(Comparator.comparingLong(line -> line.last().time()))
                .map(TargetLine::key);
    }

    /** Adds an entry. Moves what was filed under the names to the ids, once these are known. */
    void add(HistoryLine line) {
        add(TargetLine.from(line.key(), line.attempt()));
        TargetLine known = lines.get(line.key());
        if (line.key().ofIds()) {
            List<TargetLine> before = lines.values().stream()
                    .filter(other -> !other.key().ofIds() && other.key().fits(known.key(), known.last()))
                    .toList();
            before.forEach(names -> ids(names.key()).ifPresent(key -> file(names, key)));
        }
    }

    /** Moves lines that are filed under names to the ids that are known for these names. */
    void settle() {
        List<TargetLine> names =
                lines.values().stream().filter(line -> !line.key().ofIds()).toList();
        if (!names.isEmpty()) {
            Map<TargetKey, TargetLine> ids = idsByNames();
            names.stream()
                    .filter(line -> ids.containsKey(line.key()))
                    .forEach(line -> file(line, ids.get(line.key()).key()));
        }
    }

    /** Made once for all lines, since there may be thousands. */
    private Map<TargetKey, TargetLine> idsByNames() {
        Map<TargetKey, TargetLine> ids = new HashMap<>();
        lines.values()
                .forEach(line -> line.names()
                        .forEach(names -> ids.merge(
                                names,
                                line,
                                (one, other) ->
                                        one.last().time() >= other.last().time() ? one : other)));
        return ids;
    }

    private void file(TargetLine names, TargetKey key) {
        lines.remove(names.key());
        lines.put(key, lines.get(key).and(names));
    }

    void add(TargetLine line) {
        lines.merge(line.key(), line, TargetLine::and);
    }

    /** Forgets the targets whose last attempt is the oldest. */
    void keep(int most) {
        while (lines.size() > most) {
            lines.remove(lines.values().stream()
                    .min(Comparator.comparingLong(line -> line.last().time()))
                    .orElseThrow()
                    .key());
        }
    }

    void remove(TargetKey key) {
        lines.remove(key);
    }

    /** Returns all keys under which entries of these targets may be filed. */
    Set<TargetKey> known() {
        Set<TargetKey> known = new HashSet<>(lines.keySet());
        known.addAll(idsByNames().keySet());
        return known;
    }

    Optional<TargetLine> get(TargetKey key) {
        return Optional.ofNullable(lines.get(key));
    }

    List<TargetLine> lines() {
        return new ArrayList<>(lines.values());
    }

    /** Returns the entries from which all lines can be made again. */
    List<HistoryLine> asFiled() {
        return lines.values().stream()
                .flatMap(line -> line.entries().stream().map(entry -> new HistoryLine(line.key(), entry)))
                .toList();
    }
}
