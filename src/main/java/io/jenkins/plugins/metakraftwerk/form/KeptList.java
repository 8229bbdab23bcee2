package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.form.ListEntries.Choice;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What is kept of a list on the server, in no language: who asks for it in another one causes no request.
 *
 * @param failure why it cannot be had; null where it is there
 */
record KeptList(List<Entry> entries, @CheckForNull Function<Locale, String> failure) {

    /** What an object of two texts takes beside their characters, in characters of two bytes. */
    private static final int OVERHEAD = 60;

    /**
     * One entry.
     *
     * @param value what a job stores
     * @param label what a person sees
     */
    record Entry(String value, Function<Locale, String> label) {

        Choice in(Locale locale) {
            return new Choice(value, label.apply(locale));
        }
    }

    static KeptList of(List<Entry> entries) {
        return new KeptList(List.copyOf(entries), null);
    }

    /** Of entries that are called the same in each language. */
    static KeptList named(List<Choice> choices) {
        return of(choices.stream().map(KeptList::named).toList());
    }

    static Entry named(Choice choice) {
        String label = choice.label();
        return new Entry(choice.value(), locale -> label);
    }

    static KeptList failed(Function<Locale, String> failure) {
        return new KeptList(List.of(), failure);
    }

    ListEntries in(Locale locale) {
        return failure == null
                ? ListEntries.of(entries.stream().map(entry -> entry.in(locale)).toList())
                : ListEntries.failed(failure.apply(locale));
    }

    /** A rough size in characters, to bound what a cache may hold; short texts take more than their characters. */
    int size() {
        int size = OVERHEAD + (failure == null ? 0 : failure.apply(Locale.ROOT).length());
        for (Entry entry : entries) {
            size += OVERHEAD
                    + entry.value().length()
                    + entry.label().apply(Locale.ROOT).length();
        }
        return size;
    }
}
