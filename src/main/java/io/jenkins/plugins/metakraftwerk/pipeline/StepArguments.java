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
 * What the arguments of the steps may be. The steps take most of them as {@code Object}, since a Declarative Pipeline
 * refuses a number where a step says that it takes a text, and the other way round; whatever else an {@code Object} may
 * be is refused here, by an {@link IllegalArgumentException} with a message for people.
 */
final class StepArguments {

    static final List<String> STATUSES = List.of("BUILDING", "FINISHED", "FAILED", "CANCELED");

    private static final Set<String> IDS =
            Set.of("id", "buildId", "projectId", "patternId", "userId", "deploymentId", "agentId", "agentGroupId");

    private static final String LIMIT = "limit";
    private static final int MOST_BUILDS = 1000;

    private StepArguments() {}

    /** What the step keeps of a value that a script gave it. */
    static Object take(String name, @CheckForNull Object given) {
        return switch (name) {
            case "releases" -> releases(given);
            case "status" -> status(text(name, given));
            case LIMIT -> limit(given);
            case "skipIfDeployed", "waitForBuild", "sendAfterUnknown", "failOnProblems" -> flag(name, given);
            case "waitMinutes" -> minutes(given);
            default -> IDS.contains(name) ? id(name, given) : text(name, given);
        };
    }

    /** Whether a value is written as a number where it is one. */
    static boolean isNumber(String name) {
        return IDS.contains(name) || name.equals(LIMIT);
    }

    /** A number or a text; whether it is an id is checked together with the other fields. */
    @CheckForNull
    static String id(String name, @CheckForNull Object given) {
        if (given != null && !isTextOrNumber(given)) {
            throw new IllegalArgumentException(Messages.argument_noId(name, shown(given)));
        }
        return given == null ? null : TextLengthCheck.kept(name, given.toString());
    }

    @CheckForNull
    static String text(String name, @CheckForNull Object given) {
        if (given != null && !(given instanceof String)) {
            throw new IllegalArgumentException(Messages.argument_noText(name, shown(given)));
        }
        return TextLengthCheck.kept(name, (String) given);
    }

    /** True or false, also as a text, which is what most parameters of a job are. */
    static Boolean flag(String name, @CheckForNull Object given) {
        String text = given instanceof String || given instanceof Boolean
                ? given.toString().strip()
                : "";
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(Messages.argument_noFlag(name, shown(given)));
        }
        return Boolean.valueOf(text);
    }

    static Integer minutes(@CheckForNull Object given) {
        OptionalInt minutes = isTextOrNumber(given) ? DeploymentFields.minutes(given.toString()) : OptionalInt.empty();
        if (minutes.isEmpty()) {
            throw new IllegalArgumentException(
                    DeploymentFields.noMinutes(shown(given)).in(LocaleProvider.getLocale()));
        }
        return minutes.getAsInt();
    }

    /** A status of a build, which is easily misspelt: then nothing would be found. */
    @CheckForNull
    static String status(@CheckForNull String given) {
        String text = Util.fixEmptyAndTrim(given);
        if (text != null && !STATUSES.contains(text)) {
            throw new IllegalArgumentException(
                    Messages.argument_noStatus("status", String.join(", ", STATUSES), shown(given)));
        }
        return text;
    }

    /** From the name of a release group to the name of a release. */
    static Map<String, String> releases(@CheckForNull Object given) {
        Map<String, String> releases = ReleasesArgument.read(given)
                .orElseThrow(
                        () -> new IllegalArgumentException(Messages.argument_noReleases("releases", shown(given))));
        if (releases.size() > ReleasesArgument.MOST) {
            throw new IllegalArgumentException(Messages.argument_manyReleases("releases", ReleasesArgument.MOST));
        }
        releases.keySet().forEach(group -> TextLengthCheck.notLong("releases", group));
        releases.values().forEach(release -> TextLengthCheck.notLong("releases", release));
        return releases;
    }

    /** How many builds a script gets. */
    static Integer limit(@CheckForNull Object given) {
        OptionalLong limit = isTextOrNumber(given) ? IdParser.read(given.toString()) : OptionalLong.empty();
        if (limit.isEmpty() || limit.getAsLong() > MOST_BUILDS) {
            throw new IllegalArgumentException(Messages.argument_noLimit(LIMIT, MOST_BUILDS, shown(given)));
        }
        return (int) limit.getAsLong();
    }

    /** A number of Java, that is: what a script has written itself is not asked for anything, not even for a text. */
    private static boolean isTextOrNumber(@CheckForNull Object given) {
        return given instanceof String
                || given instanceof Number && given.getClass().getName().startsWith("java.");
    }

    private static String shown(@CheckForNull Object given) {
        return given == null || given instanceof Boolean || isTextOrNumber(given)
                ? RemoteText.name(String.valueOf(given))
                : given.getClass().getSimpleName();
    }
}
