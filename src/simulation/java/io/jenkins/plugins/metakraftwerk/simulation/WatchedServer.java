package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import java.util.ArrayList;
import java.util.List;

/** A server on which builds come, end, are deleted, show up late, and go back to what they were when it is restored. */
final class WatchedServer {

    /** One build, in what it is between two moments; a restored database has another entry for the same build. */
    private static final class Entry {
        private final long id;
        private final String made;
        private final long visible;
        private final long born;
        private long ends = Long.MAX_VALUE;
        private String end;
        private long deleted = Long.MAX_VALUE;
        private long gone = Long.MAX_VALUE;

        private Entry(long id, String made, long born, long visible) {
            this.id = id;
            this.made = made;
            this.born = born;
            this.visible = visible;
        }
    }

    private final Chance chance;
    private final boolean dated;
    private final long latest;
    private final List<Entry> entries = new ArrayList<>();
    private long next = 5001;
    private int count;

    /**
     * @param dated whether it says when a build was created
     * @param latest how much later than it begins a build may show up
     */
    WatchedServer(Chance chance, boolean dated, long latest) {
        this.chance = chance;
        this.dated = dated;
        this.latest = latest;
    }

    /** A build begins. */
    void begin(long now, long longest) {
        String made = dated ? "2026-11-23T21:13:" + count++ : null;
        Entry entry = new Entry(next++, made, now, now + chance.between(0, latest));
        end(entry, now, longest);
        if (chance.happens(0.1)) {
            entry.deleted = now + chance.between(0, 3 * longest);
        }
        entries.add(entry);
    }

    private void end(Entry entry, long now, long longest) {
        entry.ends = now + chance.between(0, longest);
        entry.end = chance.of("FINISHED", "FINISHED", "FINISHED", "FAILED", "CANCELED");
    }

    /** Goes back to what it was. */
    void restore(long now, long then, long longest) {
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

    private void again(Entry old, long now, long then, long longest) {
        Entry entry = new Entry(old.id, old.made, old.born, now);
        if (old.ends > then) {
            end(entry, now, longest);
        } else {
            entry.ends = old.ends;
            entry.end = old.end;
        }
        entry.deleted = old.deleted <= then ? old.deleted : Long.MAX_VALUE;
        entries.add(entry);
    }

    /** What a list shows that was made at some moment, in any order. */
    List<Build> list(long then) {
        List<Build> list = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.visible <= then && entry.gone > then) {
                list.add(chance.below(list.size() + 1), build(entry, then));
            }
        }
        return list;
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
