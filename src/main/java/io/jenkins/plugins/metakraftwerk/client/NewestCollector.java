package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collector;

/** Keeps of a long list the entries with the highest ids, in whatever order they come, and no more than those. */
public final class NewestCollector {

    private NewestCollector() {}

    /** @param most how many are kept; the highest id comes first */
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
