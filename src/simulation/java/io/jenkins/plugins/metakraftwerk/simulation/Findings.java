package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What many schedules have shown: those in which something is wrong, and how often something is that is known to be. */
final class Findings {

    /** Far more than anybody reads. */
    private static final int KEPT = 100;

    private final List<Schedule> reds = new ArrayList<>();
    private final Map<String, Integer> known = new TreeMap<>();
    private final Limits limits = new Limits();
    private int count;
    private int red;

    synchronized void add(Schedule schedule) {
        count++;
        limits.count(schedule);
        schedule.known().forEach(name -> known.merge(name, 1, Integer::sum));
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

    /** Those in which something is wrong that nobody knew of, by their seeds. */
    synchronized List<Schedule> reds() {
        List<Schedule> sorted = new ArrayList<>(reds);
        sorted.sort(Comparator.comparingLong(Schedule::seed));
        return sorted;
    }

    /** What comes of answers that are not true. */
    Limits limits() {
        return limits;
    }

    /** How many there were, and which. */
    @Override
    public synchronized String toString() {
        StringBuilder lines = new StringBuilder("Red outside the list of what is known: " + red + "\n");
        reds().forEach(schedule -> lines.append("  ")
                .append(new Seed(schedule.seed()))
                .append(": ")
                .append(schedule.violations().get(0))
                .append('\n'));
        lines.append("Red as is known: ")
                .append(known.values().stream().mapToInt(Integer::intValue).sum());
        known.forEach((name, times) ->
                lines.append("\n  ").append(times).append(" times: ").append(name));
        return lines.toString();
    }
}
