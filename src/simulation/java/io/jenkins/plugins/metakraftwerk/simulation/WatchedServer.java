package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import java.util.ArrayList;
import java.util.List;

/** Server on which builds come, end, are deleted, show up late, and return to an earlier state when it is restored. */
final class WatchedServer {

    /** Filters: all builds, or those of one pattern. */
    static final List<String> FILTERS = List.of("all", "A", "B");

    /** State of one build between two moments. A restored database has another entry for the same build. */
    private static final class Entry {
        private final long id;
        private final String made;
        private final String pattern;
        private final long visible;
        private final long born;
        private long ends = Long.MAX_VALUE;
        private String end;
        private long deleted = Long.MAX_VALUE;
        private long gone = Long.MAX_VALUE;

        private Entry(long id, String made, String pattern, long born, long visible) {
            this.id = id;
            this.made = made;
            this.pattern = pattern;
            this.born = born;
            this.visible = visible;
        }
    }

    private final Chance chance;
    private final boolean dated;
    private final long latest;
    private final long lag;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Build> old = new ArrayList<>();
    private long next = 5001;
    private int count;
    private boolean restored;

    /**
     * @param dated true if it says when a build was created
     * @param latest longest time from the start of a build until it shows up
     * @param lag age of the data that it shows
     */
    WatchedServer(Chance chance, boolean dated, long latest, long lag) {
        this.chance = chance;
        this.dated = dated;
        this.latest = latest;
        this.lag = lag;
    }

    private String made() {
        return dated ? "2026-11-23T21:13:" + count++ : null;
    }

    /** Adds many earlier builds. A few of them still run, or show up late. */
    void hasHad(int many, long longest) {
        for (int i = 0; i < many; i++) {
            if (chance.happens(0.005)) {
                Entry entry = new Entry(next++, made(), chance.oneOf("A", "B"), 0, chance.between(0, longest));
                end(entry, 0, longest);
                entries.add(entry);
            } else {
                Entry entry = new Entry(next++, made(), "A", 0, 0);
                entry.ends = 0;
                entry.end = "FINISHED";
                old.add(build(entry, 0));
            }
        }
    }

    /** Begins a build. */
    void begin(long now, long longest) {
        Entry entry = new Entry(next++, made(), chance.oneOf("A", "B"), now, now + chance.between(0, latest));
        end(entry, now, longest);
        if (chance.happens(0.1)) {
            entry.deleted = now + chance.between(0, 3 * longest);
        }
        entries.add(entry);
    }

    private void end(Entry entry, long now, long longest) {
        entry.ends = now + chance.between(0, longest);
        entry.end = chance.oneOf("FINISHED", "FINISHED", "FINISHED", "FAILED", "CANCELED");
    }

    /** Restores an earlier state. */
    void restore(long now, long then, long longest) {
        restored = true;
        next = 5001;
        for (Entry old : List.copyOf(entries)) {
            if (old.gone < Long.MAX_VALUE) {
                continue;
            }
            if (old.born > then || old.ends > then || old.deleted < Long.MAX_VALUE) {
                old.gone = now;
            }
            if (old.born <= then) {
                next = Math.max(next, old.id + 1);
                if (old.gone == now) {
                    again(old, now, then, longest);
                }
            }
        }
    }

    boolean wasRestored() {
        return restored;
    }

    private void again(Entry old, long now, long then, long longest) {
        Entry entry = new Entry(old.id, old.made, old.pattern, old.born, now);
        if (old.ends > then) {
            end(entry, now, longest);
        } else {
            entry.ends = old.ends;
            entry.end = old.end;
        }
        entry.deleted = old.deleted <= then ? old.deleted : Long.MAX_VALUE;
        entries.add(entry);
    }

    /** Returns what a list shows now, in any order. It may lag unless the server is calm. */
    List<Build> list(String filter, long now, boolean calm) {
        return listOf(filter, calm ? now : Math.max(0, now - chance.between(0, lag)), true);
    }

    /** Returns the builds that have certainly ended, however a list is requested from now on. Empty if lists lag. */
    List<Build> over(String filter, long now) {
        return lag > 0 ? List.of() : listOf(filter, now, false);
    }

    private List<Build> listOf(String filter, long then, boolean mixed) {
        List<Build> list = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.visible <= then && entry.gone > then && passes(filter, entry.pattern)) {
                list.add(mixed ? chance.below(list.size() + 1) : 0, build(entry, then));
            }
        }
        if (passes(filter, "A")) {
            list.addAll(mixed ? chance.below(list.size() + 1) : 0, old);
        }
        return list;
    }

    private static boolean passes(String filter, String pattern) {
        return filter.equals("all") || filter.equals(pattern);
    }

    private static Build build(Entry entry, long then) {
        String status = entry.ends <= then ? entry.end : "BUILDING";
        return new Build(
                entry.id,
                null,
                null,
                status,
                null,
                "nightly",
                entry.deleted <= then,
                null,
                null,
                null,
                null,
                null,
                null,
                entry.made);
    }
}
