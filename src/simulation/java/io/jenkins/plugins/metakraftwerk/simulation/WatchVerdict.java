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

/** Checks which builds had to start a Jenkins build of a job, by what the server has shown, and which did. */
final class WatchVerdict {

    /** Number of Jenkins builds that a build may have. */
    private enum Due {
        ONE,
        NONE,
        /** Somebody has cancelled it in the queue, or it is open what a crash has undone. */
        PERHAPS
    }

    /** Number of builds that the documentation promises. */
    private static final int NOTED = 2_000;

    private static final int UNFINISHED = 1_000;

    private final String job;
    private final BooleanSupplier restored;
    private final Map<String, Due> due = new TreeMap<>();

    /** Builds that were dropped since the last poll because the job was off. */
    private final Set<String> dropped = new TreeSet<>();

    /** Build that an id belonged to when its end was seen. None is known up to the floor. */
    private final TreeMap<Long, String> ended = new TreeMap<>();

    private final TreeSet<Long> unfinished = new TreeSet<>();
    private long floor;
    private String filter;
    private boolean hasHadAnotherFilter;
    private boolean first = true;
    private boolean perhapsFirst;
    private final Map<String, Integer> started = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** @param restored true once the database of the server was restored */
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

    /** Returns the key of a build. */
    static String key(FinishedBuild build) {
        return build.id() + " " + build.made();
    }

    private static boolean isOver(Build build) {
        return build.finished() || build.failed() || build.isDeleted();
    }

    /** Notes a poll that counts: it has not failed, and its result was stored. */
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
        // The same build may end differently in a restored database, and another filter may see it as new.
        boolean anew = hasHadAnotherFilter || restored.getAsBoolean();
        due.merge(key(build), now, (old, other) -> anew && old == Due.NONE && other != Due.NONE ? Due.PERHAPS : old);
    }

    /**
     * Notes that the job is on again after it was certainly off. Earlier promises start nothing more, and a build that
     * is over now never starts the job.
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

    /** Notes that the job is on again after it was perhaps off, since a crash may have hidden it. */
    void wasPerhapsOff() {
        due.replaceAll((build, how) -> how == Due.ONE && !started.containsKey(build) ? Due.PERHAPS : how);
        perhapsFirst = true;
    }

    /** Notes the end of the process. It forgets that the job was off if that was not on the disk. */
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

    /** @param allowed true if anything may start now */
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
