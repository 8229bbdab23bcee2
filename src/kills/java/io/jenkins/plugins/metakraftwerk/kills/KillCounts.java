package io.jenkins.plugins.metakraftwerk.kills;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the kills met. */
final class KillCounts {

    private record Kill(int number, String when, Map<String, Long> open, long over) {}

    private final List<Kill> kills = new ArrayList<>();

    /** By attempt that began in whatever life, the MetaKraftwerk build that it deploys. */
    private final Map<String, Long> builds = new LinkedHashMap<>();

    void add(int number, String when, LedgerSnapshot look) {
        Kill kill = new Kill(number, when, look.open(), look.over());
        kills.add(kill);
        builds.putAll(look.builds());
        System.out.println(line(kill));
    }

    /** All attempts that ever began. */
    Map<String, Long> with(LedgerSnapshot last) {
        builds.putAll(last.builds());
        return builds;
    }

    private static String line(Kill kill) {
        return "| %d | %s | %s | %d |".formatted(kill.number(), kill.when(), words(kill.open()), kill.over());
    }

    private static String words(Map<String, Long> open) {
        return open.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    void print(Verdict verdict) {
        System.out.println(
                "\n| kill | when | open attempts, by what happened last | ended |\n| --- | --- | --- | --- |");
        kills.forEach(kill -> System.out.println(line(kill)));
        Map<String, Long> all = new TreeMap<>();
        kills.forEach(kill -> kill.open().forEach((state, count) -> all.merge(state, count, Long::sum)));
        System.out.println("| all | | " + words(all) + " | |");
        System.out.println("\n| what became of them | attempts |\n| --- | --- |");
        verdict.figures().forEach((what, count) -> System.out.println("| " + what + " | " + count + " |"));
    }
}
