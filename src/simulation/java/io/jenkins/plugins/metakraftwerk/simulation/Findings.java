package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What many schedules have shown: those in which something is wrong. */
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

    /** Those in which something is wrong, by their seeds. */
    synchronized List<Schedule> reds() {
        List<Schedule> sorted = new ArrayList<>(reds);
        sorted.sort(Comparator.comparingLong(Schedule::seed));
        return sorted;
    }

    /** What comes of answers that are not true. */
    LieCounts limits() {
        return limits;
    }

    /** How many there were, and which. */
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
