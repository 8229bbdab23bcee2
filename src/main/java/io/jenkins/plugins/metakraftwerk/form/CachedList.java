package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.form.LocalizedList.Choice;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What is kept of a list on the server, in no language: who asks for it in another one causes no request.
 *
 * @param failure why it cannot be had; null where it is there
 */
record CachedList(List<Entry> entries, @CheckForNull Function<Locale, String> failure) {

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

    static CachedList withEntries(List<Entry> entries) {
        return new CachedList(List.copyOf(entries), null);
    }

    /** Of entries that are called the same in each language. */
    static CachedList named(List<Choice> choices) {
        return withEntries(choices.stream().map(CachedList::named).toList());
    }

    static Entry named(Choice choice) {
        String label = choice.label();
        return new Entry(choice.value(), locale -> label);
    }

    static CachedList failed(Function<Locale, String> failure) {
        return new CachedList(List.of(), failure);
    }

    LocalizedList in(Locale locale) {
        return failure == null
                ? LocalizedList.withEntries(
                        entries.stream().map(entry -> entry.in(locale)).toList())
                : LocalizedList.failed(failure.apply(locale));
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
