package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * What a list on the server has to offer, or why it cannot be had, in the language of who asks.
 *
 * @param failure null where the list is there
 */
record LocalizedList(List<Choice> entries, @CheckForNull String failure) {

    /**
     * One entry.
     *
     * @param value what a job stores
     * @param label what a person sees
     */
    record Choice(String value, String label) {}

    static LocalizedList withEntries(List<Choice> entries) {
        return new LocalizedList(List.copyOf(entries), null);
    }

    static LocalizedList failed(String reason) {
        return new LocalizedList(List.of(), reason);
    }
}
