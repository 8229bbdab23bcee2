package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What a list on the server has to offer, or why it cannot be had.
 *
 * @param failure null where the list is there
 */
record ListEntries(List<Choice> entries, @CheckForNull String failure) {

    /** What an object of two texts takes beside their characters, in characters of two bytes. */
    private static final int OVERHEAD = 60;

    /**
     * One entry.
     *
     * @param value what a job stores
     * @param label what a person sees
     */
    record Choice(String value, String label) {}

    static ListEntries of(List<Choice> entries) {
        return new ListEntries(List.copyOf(entries), null);
    }

    static ListEntries failed(String reason) {
        return new ListEntries(List.of(), reason);
    }

    /** A rough size in characters, to bound what a cache may hold; short texts take more than their characters. */
    int size() {
        int size = OVERHEAD + (failure == null ? 0 : failure.length());
        for (Choice choice : entries) {
            size += OVERHEAD + choice.value().length() + choice.label().length();
        }
        return size;
    }
}
