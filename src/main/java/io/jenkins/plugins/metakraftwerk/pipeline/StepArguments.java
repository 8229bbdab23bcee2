package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.server.TextLengthCheck;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jvnet.localizer.LocaleProvider;

/**
 * Checks the arguments of the steps. Most are declared as {@code Object}, since a Declarative Pipeline refuses a number
 * for a text and a text for a number. Other objects are refused here, by an {@link IllegalArgumentException} with a
 * message for people.
 */
final class StepArguments {

    static final List<String> STATUSES = List.of("BUILDING", "FINISHED", "FAILED", "CANCELED");

    private static final Set<String> IDS =
            Set.of("id", "buildId", "projectId", "patternId", "userId", "deploymentId", "agentId", "agentGroupId");

    private static final String LIMIT = "limit";
    private static final int MOST_BUILDS = 1000;

    private StepArguments() {}

    /** Returns what the step keeps of a value that a script gave. */
    static Object take(String name, @CheckForNull Object value) {
        return switch (name) {
            case "releases" -> releases(value);
            case "status" -> status(text(name, value));
            case LIMIT -> limit(value);
            case "skipIfDeployed", "waitForBuild", "sendAfterUnknown", "failOnProblems" -> flag(name, value);
            case "waitMinutes" -> minutes(value);
            default -> IDS.contains(name) ? id(name, value) : text(name, value);
        };
    }

    /** Returns true if the Snippet Generator writes the argument as a number. */
    static boolean isNumber(String name) {
        return IDS.contains(name) || name.equals(LIMIT);
    }

    /** Accepts a number or a text. The id is checked later with the other fields. */
    @CheckForNull
    static String id(String name, @CheckForNull Object value) {
        if (value != null && !isTextOrNumber(value)) {
            throw new IllegalArgumentException(Messages.argument_noId(name, shown(value)));
        }
        return value == null ? null : TextLengthCheck.kept(name, value.toString());
    }

    @CheckForNull
    static String text(String name, @CheckForNull Object value) {
        if (value != null && !(value instanceof String)) {
            throw new IllegalArgumentException(Messages.argument_noText(name, shown(value)));
        }
        return TextLengthCheck.kept(name, (String) value);
    }

    /** Accepts true and false, also as texts, which most parameters of a job are. */
    static Boolean flag(String name, @CheckForNull Object value) {
        String text = value instanceof String || value instanceof Boolean
                ? value.toString().strip()
                : "";
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(Messages.argument_noFlag(name, shown(value)));
        }
        return Boolean.valueOf(text);
    }

    static Integer minutes(@CheckForNull Object value) {
        OptionalInt minutes = isTextOrNumber(value) ? DeploymentFields.minutes(value.toString()) : OptionalInt.empty();
        if (minutes.isEmpty()) {
            throw new IllegalArgumentException(
                    DeploymentFields.noMinutes(shown(value)).in(LocaleProvider.getLocale()));
        }
        return minutes.getAsInt();
    }

    /** Accepts only the known statuses, since nothing would be found for a misspelt one. */
    @CheckForNull
    static String status(@CheckForNull String value) {
        String text = Util.fixEmptyAndTrim(value);
        if (text != null && !STATUSES.contains(text)) {
            throw new IllegalArgumentException(
                    Messages.argument_noStatus("status", String.join(", ", STATUSES), shown(value)));
        }
        return text;
    }

    /** Returns the name of a release by the name of its release group. */
    static Map<String, String> releases(@CheckForNull Object value) {
        Map<String, String> releases = ReleasesArgument.read(value)
                .orElseThrow(
                        () -> new IllegalArgumentException(Messages.argument_noReleases("releases", shown(value))));
        if (releases.size() > ReleasesArgument.MOST) {
            throw new IllegalArgumentException(Messages.argument_manyReleases("releases", ReleasesArgument.MOST));
        }
        releases.keySet().forEach(group -> TextLengthCheck.notLong("releases", group));
        releases.values().forEach(release -> TextLengthCheck.notLong("releases", release));
        return releases;
    }

    /** Returns the number of builds that a script gets, at most {@value #MOST_BUILDS}. */
    static Integer limit(@CheckForNull Object value) {
        OptionalLong limit = isTextOrNumber(value) ? IdParser.read(value.toString()) : OptionalLong.empty();
        if (limit.isEmpty() || limit.getAsLong() > MOST_BUILDS) {
            throw new IllegalArgumentException(Messages.argument_noLimit(LIMIT, MOST_BUILDS, shown(value)));
        }
        return (int) limit.getAsLong();
    }

    /**
     * Accepts only numbers of Java. Methods of an object that a script defined are not called, not even {@code
     * toString}.
     */
    private static boolean isTextOrNumber(@CheckForNull Object value) {
        return value instanceof String
                || value instanceof Number && value.getClass().getName().startsWith("java.");
    }

    private static String shown(@CheckForNull Object value) {
        return value == null || value instanceof Boolean || isTextOrNumber(value)
                ? RemoteText.name(String.valueOf(value))
                : value.getClass().getSimpleName();
    }
}
