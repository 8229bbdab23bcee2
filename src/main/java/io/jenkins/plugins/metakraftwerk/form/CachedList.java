package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.form.LocalizedList.Choice;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * List of the server as the cache keeps it, in no language: a reader with another language causes no request.
 *
 * @param failure the reason why there is no list; null if there is one
 */
record CachedList(List<Entry> entries, @CheckForNull Function<Locale, String> failure) {

    /** Memory of an entry beside its characters, counted in characters of two bytes. */
    private static final int OVERHEAD = 60;

    /**
     * One entry.
     *
     * @param value the text that a job stores
     * @param label the text that a person sees
     */
    record Entry(String value, Function<Locale, String> label) {

        Choice in(Locale locale) {
            return new Choice(value, label.apply(locale));
        }
    }

    static CachedList withEntries(List<Entry> entries) {
        return new CachedList(List.copyOf(entries), null);
    }

    /** Makes a list of entries whose labels are the same in each language. */
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

    /** Returns the rough size in characters, to bound the cache. Each text takes more than its characters. */
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
