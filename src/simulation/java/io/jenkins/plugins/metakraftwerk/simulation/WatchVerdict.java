package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** Which builds had to start a Jenkins build of a job, by what the server has shown, and which have. */
final class WatchVerdict {

    /** How many Jenkins builds there may be for a build. */
    private enum Due {
        ONE,
        NONE,
        /** Somebody has taken it out of the queue, or it is open what a crash has undone. */
        PERHAPS
    }

    /** The documentation promises no more. */
    private static final int NOTED = 2_000;

    private static final int UNFINISHED = 1_000;

    private final String job;
    private final BooleanSupplier restored;
    private final Map<String, Due> due = new TreeMap<>();

    /** What was dropped since the last look, because the job was off. */
    private final Set<String> dropped = new TreeSet<>();

    /** Which build an id belonged to when it was seen to have ended; up to the floor none is known any more. */
    private final TreeMap<Long, String> ended = new TreeMap<>();

    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long floor;
    private String filter;
    private boolean hasHadAnotherFilter;
    private boolean first = true;
    private boolean perhapsFirst;
    private final Map<String, Integer> started = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** @param restored whether the server's database has been */
    WatchVerdict(String job, BooleanSupplier restored) {
        this.job = job;
        this.restored = restored;
    }

    List<String> violations() {
        return violations;
    }

    private static String made(Build build) {
        return build.createdAt() == null ? "" : Integer.toString(build.createdAt().hashCode(), 36);
    }

    private static String key(Build build) {
        return build.id() + " " + made(build);
    }

    /** By which a build is known. */
    static String key(FinishedBuild build) {
        return build.id() + " " + build.made();
    }

    private static boolean isOver(Build build) {
        return build.finished() || build.failed() || build.isDeleted();
    }

    /** A look counts: it has not failed, and what came of it was stored. */
    void saw(List<Build> list, String lookedFor) {
        if (!lookedFor.equals(filter)) {
            hasHadAnotherFilter |= filter != null;
            filter = lookedFor;
            forgetFrom(1);
            unfinished.clear();
            first = true;
        }
        boolean notes = isRestored(list) || first;
        List<Build> rising = new ArrayList<>(list);
        rising.sort(Comparator.comparing(Build::id));
        for (Build build : rising) {
            saw(build, notes);
        }
        while (unfinished.size() > UNFINISHED) {
            unfinished.pollFirst();
        }
        first = false;
        perhapsFirst = false;
        dropped.clear();
    }

    private boolean isRestored(List<Build> list) {
        OptionalLong reused = list.stream()
                .filter(build -> ended.containsKey(build.id()) && !ended.get(build.id()).equals(made(build)))
                .mapToLong(Build::id)
                .min();
        reused.ifPresent(this::forgetFrom);
        return reused.isPresent();
    }

    private void forgetFrom(long id) {
        ended.tailMap(id).clear();
        floor = Math.min(floor, id - 1);
    }

    private void saw(Build build, boolean notes) {
        boolean known = build.id() <= floor || ended.containsKey(build.id());
        if (known && !unfinished.contains(build.id())) {
            return;
        }
        if (!isOver(build)) {
            unfinished.add(build.id());
            return;
        }
        unfinished.remove(build.id());
        ended.put(build.id(), made(build));
        while (ended.size() > NOTED) {
            floor = Math.max(floor, ended.pollFirstEntry().getKey());
        }
        boolean starts = build.finished() && !build.isDeleted() && !notes;
        Due now = !starts ? Due.NONE : perhapsFirst ? Due.PERHAPS : Due.ONE;
        // A restored database may let the same build end otherwise, and another filter see it anew.
        boolean anew = hasHadAnotherFilter || restored.getAsBoolean();
        due.merge(key(build), now, (old, other) -> anew && old == Due.NONE && other != Due.NONE ? Due.PERHAPS : old);
    }

    /**
     * The job is on again after it was off for certain: what had been promised starts no more, and what is over now never
     * does.
     */
    void wasOff(List<Build> now) {
        due.replaceAll((build, how) -> {
            boolean drops = how == Due.ONE && !started.containsKey(build);
            if (drops) {
                dropped.add(build);
            }
            return drops ? Due.NONE : how;
        });
        for (Build build : now) {
            if (isOver(build) && due.putIfAbsent(key(build), Due.NONE) == null) {
                dropped.add(key(build));
            }
        }
        first = true;
        perhapsFirst = false;
    }

    /** The same, where a crash may have kept anybody from seeing it. */
    void wasPerhapsOff() {
        due.replaceAll((build, how) -> how == Due.ONE && !started.containsKey(build) ? Due.PERHAPS : how);
        perhapsFirst = true;
    }

    /** The process is gone, and with it what was known of the job's being off, but was not on the disk. */
    void forgetsThatItWasOff() {
        if (first && filter != null) {
            dropped.forEach(build -> due.put(build, Due.PERHAPS));
            first = false;
            perhapsFirst = true;
        }
    }

    void cancelled(FinishedBuild build) {
        due.put(key(build), Due.PERHAPS);
    }

    /** @param allowed whether anything may start now */
    void started(FinishedBuild build, boolean allowed) {
        int count = started.merge(key(build), 1, Integer::sum);
        if (count > 1) {
            violation("(t) " + count + " Jenkins builds have started for " + key(build));
        } else if (!allowed) {
            violation("(v) a Jenkins build has started for " + key(build) + ", while the job had no trigger");
        } else if (!due.containsKey(key(build))) {
            violation("(v) a Jenkins build has started for " + key(build) + ", unseen");
        }
    }

    void pass() {
        due.forEach((build, how) -> {
            boolean has = started.containsKey(build);
            if (how == Due.ONE && !has) {
                violation("(u) no Jenkins build has started for " + build);
            } else if (how == Due.NONE && has) {
                violation("(v) a Jenkins build has started for " + build + ", which was to start none");
            }
        });
    }

    void violation(String what) {
        violations.add(what + " in " + job);
    }
}
