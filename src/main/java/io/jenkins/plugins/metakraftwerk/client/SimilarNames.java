package io.jenkins.plugins.metakraftwerk.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds names that are similar to a misspelt one. */
public final class SimilarNames {

    /**
     * Longest part of a name that is compared, in characters. People type names and servers send lists, so both are
     * limited to keep this fast.
     */
    private static final int LONGEST = 100;

    static final int MOST = 2_000;

    private record Compared(String name, int distance, int length) {

        /** A name that differs in more than a third of its letters is another name. */
        private boolean isNear() {
            return 3 * distance <= length;
        }
    }

    private SimilarNames() {}

    /**
     * Returns names that are similar, the most similar one first. Takes time: do not call it on a thread that others
     * wait for.
     *
     * @param names of which the first {@value #MOST} are compared
     * @param most limit of the result
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

    /** Returns the number of letters to change, insert, remove or swap with the next. */
    private static int distance(String name, String otherName) {
        int[] before = new int[otherName.length() + 1];
        int[] last = new int[otherName.length() + 1];
        int[] row = IntStream.rangeClosed(0, otherName.length()).toArray();
        for (int i = 1; i <= name.length(); i++) {
            int[] free = before;
            before = last;
            last = row;
            row = free;
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = last[j - 1] + (name.charAt(i - 1) == otherName.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(last[j], row[j - 1]) + 1);
                boolean isSwapped = i > 1
                        && j > 1
                        && name.charAt(i - 1) == otherName.charAt(j - 2)
                        && name.charAt(i - 2) == otherName.charAt(j - 1);
                if (isSwapped) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
        }
        return row[otherName.length()];
    }
}
