package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;

/** Collects the entries with the highest ids of a long list in any order, and holds no others. */
public final class NewestCollector {

    private NewestCollector() {}

    /** @param most limit of entries; the highest id comes first in the result */
    public static <T extends Identified> Collector<T, ?, List<T>> keeping(int most) {
        return Collector.of(
                TreeMap<Long, T>::new,
                (kept, entry) -> {
                    kept.put(entry.id(), entry);
                    if (kept.size() > most) {
                        kept.pollFirstEntry();
                    }
                },
                (one, other) -> {
                    one.putAll(other);
                    while (one.size() > most) {
                        one.pollFirstEntry();
                    }
                    return one;
                },
                kept -> new ArrayList<>(((Map<Long, T>) kept.descendingMap()).values()));
    }
}
