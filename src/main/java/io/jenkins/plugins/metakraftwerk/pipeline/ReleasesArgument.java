package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Argument {@code releases} of scripts and forms. */
final class ReleasesArgument {

    /** Far more release groups than a server has. */
    static final int MOST = 100;

    private ReleasesArgument() {}

    /**
     * Parses the argument. Empty if it cannot be parsed.
     *
     * @param value a map of texts, or a text with a line {@code GROUP=RELEASE} for each
     */
    static Optional<Map<String, String>> read(@CheckForNull Object value) {
        Map<String, String> releases = new TreeMap<>();
        boolean readable =
                switch (value) {
                    case null -> true;
                    case Map<?, ?> map
                    when !map.containsKey("$class") ->
                        map.entrySet().stream().allMatch(one -> add(releases, one.getKey(), one.getValue()));
                    case String text ->
                        text.lines().filter(line -> !line.isBlank()).allMatch(line -> {
                            int equals = line.indexOf('=');
                            return add(releases, line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
                        });
                    default -> false;
                };
        return readable ? Optional.of(releases) : Optional.empty();
    }

    private static boolean add(Map<String, String> releases, Object group, @CheckForNull Object release) {
        String name = group instanceof String text ? text.strip() : "";
        String wanted = release instanceof String || release instanceof Integer || release instanceof Long
                ? release.toString().strip()
                : "";
        releases.put(name, wanted);
        return !name.isEmpty() && !wanted.isEmpty();
    }
}
