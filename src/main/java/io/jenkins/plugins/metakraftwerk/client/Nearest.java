package io.jenkins.plugins.metakraftwerk.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody may have meant who misspelt a name. */
public final class Nearest {

    /** Names are of people, and lists of servers: neither is to cost more than a moment. */
    private static final int LONGEST = 100;

    static final int MOST = 2_000;

    private record Compared(String name, int distance) {}

    private Nearest() {}

    /**
     * So many of the names, the one most like the wanted one first. Takes time: not for a thread that others wait for.
     *
     * @param names of which the first {@value #MOST} are compared
     */
    public static List<String> of(String wanted, Collection<String> names, int most) {
        String sought = comparable(wanted);
        return names.stream()
                .distinct()
                .limit(MOST)
                .map(name -> new Compared(name, distance(sought, comparable(name))))
                .sorted(Comparator.comparingInt(Compared::distance).thenComparing(Compared::name))
                .limit(most)
                .map(Compared::name)
                .toList();
    }

    private static String comparable(String name) {
        String begin = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return begin.toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be changed, put in or taken out (Levenshtein). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
