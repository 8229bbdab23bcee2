package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts schedules by lie, and those of them in which a rule did not hold. */
final class LieCounts {

    private static final String ALL = "";

    private final Map<Lie, Map<String, Integer>> counts = new EnumMap<>(Lie.class);

    synchronized void count(Schedule schedule) {
        if (schedule.lie() != null) {
            Map<String, Integer> rules = counts.computeIfAbsent(schedule.lie(), lie -> new TreeMap<>());
            rules.merge(ALL, 1, Integer::sum);
            schedule.deceived().forEach(rule -> rules.merge(rule, 1, Integer::sum));
        }
    }

    /** Returns a table for a page of the documentation. */
    @Override
    public synchronized String toString() {
        StringBuilder table = new StringBuilder("| what is not true | schedules | deployed twice | a record that is not "
                + "its own | 'nothing was deployed' |\n| --- | --- | --- | --- | --- |\n");
        counts.forEach((lie, rules) -> table.append("| " + lie.words)
                .append(" | " + rules.get(ALL))
                .append(" | " + rules.getOrDefault("a", 0))
                .append(" | " + rules.getOrDefault("b", 0))
                .append(" | " + rules.getOrDefault("c", 0))
                .append(" |\n"));
        return table.toString();
    }
}
