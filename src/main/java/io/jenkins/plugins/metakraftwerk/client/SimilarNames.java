package io.jenkins.plugins.metakraftwerk.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds what somebody may have meant who misspelt a name. */
public final class SimilarNames {

    /** Names are of people, and lists of servers: neither is to cost more than a moment. */
    private static final int LONGEST = 100;

    static final int MOST = 2_000;

    private record Compared(String name, int distance, int length) {

        /** What differs in more than a third of its letters is another name. */
        private boolean isNear() {
            return 3 * distance <= length;
        }
    }

    private SimilarNames() {}

    /**
     * So many of the names that are near, the one most like the wanted one first. Takes time: not for a thread that others wait for.
     *
     * @param names of which the first {@value #MOST} are compared
     */
    public static List<String> find(String wanted, Collection<String> names, int most) {
        String sought = comparable(wanted);
        return names.stream()
                .distinct()
                .limit(MOST)
                .map(name -> compared(name, sought, comparable(name)))
                .filter(Compared::isNear)
                .sorted(Comparator.comparingInt(Compared::distance).thenComparing(Compared::name))
                .limit(most)
                .map(Compared::name)
                .toList();
    }

    private static Compared compared(String name, String sought, String comparable) {
        return new Compared(name, distance(sought, comparable), Math.max(sought.length(), comparable.length()));
    }

    private static String comparable(String name) {
        String begin = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        return begin.toLowerCase(Locale.ROOT);
    }

    /** How many letters have to be changed, put in, taken out or swapped with the next. */
    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = IntStream.rangeClosed(0, other.length()).toArray();
        for (int i = 1; i <= one.length(); i++) {
            int[] free = before;
            before = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = last[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(last[j], row[j - 1]) + 1);
                boolean isSwapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[other.length()];
    }
}
