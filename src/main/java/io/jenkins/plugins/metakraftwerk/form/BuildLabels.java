package io.jenkins.plugins.metakraftwerk.form;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.form.CachedList.Entry;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the labels of a list of builds. A label has the id, name, end and patterns of a build, as far as they are
 * known.
 */
final class BuildLabels {

    private static final String SEPARATOR = " · ";

    /** Maximum number of patterns in a label, so that the rest stays visible. */
    private static final int MOST_PATTERNS = 5;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Map<String, String> patterns;

    private BuildLabels(Map<String, String> patterns) {
        this.patterns = patterns;
    }

    /** @param patterns the names of all patterns, by id; empty if they cannot be read */
    static List<Entry> entries(List<Build> builds, CachedList patterns) {
        BuildLabels labels = new BuildLabels(patterns.entries().stream()
                .collect(Collectors.toMap(Entry::value, entry -> entry.label().apply(Locale.ROOT))));
        return builds.stream()
                .map(build -> new Entry(build.id().toString(), labels.label(build)))
                .toList();
    }

    /**
     * Returns a function that holds texts only. Builds and patterns would take memory that the cache does not count.
     */
    private Function<Locale, String> label(Build build) {
        String id = build.id().toString();
        String name = build.name() == null || build.name().isBlank() ? id : id + SEPARATOR + build.name();
        boolean finished = build.finished();
        String time = time(build.buildEnd());
        String patternSuffix = build.patterns().isEmpty() ? "" : SEPARATOR + patterns(build.patterns());
        return locale -> RemoteText.name(name
                + SEPARATOR
                + (finished ? Messages._list_finished(time) : Messages._list_running())
                        .toString(locale)
                        .strip()
                + patternSuffix);
    }

    /** Returns the time in the time zone of the controller; empty if the server gives none. */
    private static String time(String iso) {
        try {
            return iso == null
                    ? ""
                    : OffsetDateTime.parse(iso)
                            .atZoneSameInstant(ZoneId.systemDefault())
                            .format(TIME);
        } catch (DateTimeException e) {
            return "";
        }
    }

    private String patterns(List<Long> ids) {
        String named = ids.stream()
                .limit(MOST_PATTERNS)
                .map(id -> patterns.getOrDefault(id.toString(), "#" + id))
                .collect(Collectors.joining(", "));
        return ids.size() > MOST_PATTERNS ? named + ", +" + (ids.size() - MOST_PATTERNS) : named;
    }
}
