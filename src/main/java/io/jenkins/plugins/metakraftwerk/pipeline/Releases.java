package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.TreeMap;

/** The argument {@code releases} as scripts and forms give it. */
final class Releases {

    private Releases() {}

    /**
     * @param given a map of texts, or a text with a line {@code GROUP=RELEASE} for each
     * @throws IllegalArgumentException with a message for people, if it is neither
     */
    static Map<String, String> of(@CheckForNull Object given) {
        Map<String, String> releases = new TreeMap<>();
        if (given instanceof Map<?, ?> map && !map.containsKey("$class")) {
            map.forEach((group, release) -> add(releases, group, release, given));
        } else if (given instanceof String text) {
            text.lines().filter(line -> !line.isBlank()).forEach(line -> {
                int equals = line.indexOf('=');
                add(releases, line.substring(0, Math.max(0, equals)), line.substring(equals + 1), given);
            });
        } else if (given != null) {
            throw refused(given);
        }
        return releases;
    }

    private static void add(Map<String, String> releases, Object group, @CheckForNull Object release, Object given) {
        String name = group instanceof String text ? text.strip() : "";
        String wanted = release instanceof String || release instanceof Integer || release instanceof Long
                ? release.toString().strip()
                : "";
        if (name.isEmpty() || wanted.isEmpty()) {
            throw refused(given);
        }
        releases.put(name, wanted);
    }

    private static IllegalArgumentException refused(Object given) {
        return new IllegalArgumentException(Messages.argument_noReleases("releases", Arguments.shown(given)));
    }
}
