package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What a list on the server has to offer, or why it cannot be had, in the language of who asks.
 *
 * @param failure null where the list is there
 */
record ListEntries(List<Choice> entries, @CheckForNull String failure) {

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
}
