package io.jenkins.plugins.metakraftwerk.form;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.form.ListEntries.Choice;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a list of builds calls each: by its id, its name, when it finished, and its patterns, as far as they are known. */
final class BuildLabels {

    /** More of them would push the rest out of sight. */
    private static final int MOST_PATTERNS = 5;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    private final Map<String, String> patterns;
    private final Locale locale;

    private BuildLabels(Map<String, String> patterns, Locale locale) {
        this.patterns = patterns;
        this.locale = locale;
    }

    /** @param patterns their names by their ids; none where they cannot be had */
    static List<Choice> choices(List<Build> builds, ListEntries patterns, Locale locale) {
        BuildLabels labels = new BuildLabels(
                patterns.entries().stream().collect(Collectors.toMap(Choice::value, Choice::label)), locale);
        return builds.stream()
                .map(build -> new Choice(build.id().toString(), labels.of(build)))
                .toList();
    }

    private String of(Build build) {
        List<String> parts = new ArrayList<>();
        parts.add(build.id().toString());
        if (build.name() != null && !build.name().isBlank()) {
            parts.add(build.name());
        }
        parts.add(
                Messages._list_finished(time(build.buildEnd())).toString(locale).strip());
        if (!build.patterns().isEmpty()) {
            parts.add(patterns(build.patterns()));
        }
        return RemoteText.name(String.join(" · ", parts));
    }

    /** In the time zone of the controller; empty where the server does not say when. */
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
