package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Findings of many schedules: those with an error. */
final class Findings {

    /** Far more than anybody reads. */
    private static final int KEPT = 100;

    private final List<Schedule> reds = new ArrayList<>();
    private final LieCounts limits = new LieCounts();
    private int count;
    private int red;

    synchronized void add(Schedule schedule) {
        count++;
        limits.count(schedule);
        if (!schedule.violations().isEmpty()) {
            red++;
            if (reds.size() < KEPT) {
                reds.add(schedule);
            }
        }
    }

    synchronized boolean isRed() {
        return red > 0;
    }

    synchronized int count() {
        return count;
    }

    /** Returns the schedules with an error, by seed. */
    synchronized List<Schedule> reds() {
        List<Schedule> sorted = new ArrayList<>(reds);
        sorted.sort(Comparator.comparingLong(Schedule::seed));
        return sorted;
    }

    /** Returns the effects of responses that are not true. */
    LieCounts limits() {
        return limits;
    }

    /** Returns the number of errors, and the seeds. */
    @Override
    public synchronized String toString() {
        StringBuilder lines = new StringBuilder("Red: " + red);
        reds().forEach(schedule -> lines.append("\n  ")
                .append(new Seed(schedule.seed()))
                .append(": ")
                .append(schedule.violations().get(0)));
        return lines.toString();
    }
}
