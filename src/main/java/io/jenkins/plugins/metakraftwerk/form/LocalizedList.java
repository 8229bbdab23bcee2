package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * List of the server, or the reason why it cannot be read, in the language of the user.
 *
 * @param failure null if there is a list
 */
record LocalizedList(List<Choice> entries, @CheckForNull String failure) {

    /**
     * One entry.
     *
     * @param value the text that a job stores
     * @param label the text that a person sees
     */
    record Choice(String value, String label) {}

    static LocalizedList withEntries(List<Choice> entries) {
        return new LocalizedList(List.copyOf(entries), null);
    }

    static LocalizedList failed(String reason) {
        return new LocalizedList(List.of(), reason);
    }
}
