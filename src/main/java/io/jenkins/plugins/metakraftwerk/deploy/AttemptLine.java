package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the journal of {@link UnknownAttempts}: an attempt, or the run whose request is asked for no more, or that a job is
 * called otherwise.
 *
 * @param job what it was called before; {@code now} is null where it was deleted
 */
record AttemptLine(UnknownAttempt attempt, String settled, String job, String now) {

    /** Where a line names the server that it is about. */
    private static final Pattern SERVER = Pattern.compile("\"server\":\"(https?://[^\"\\s]+)\"");

    AttemptLine {
        job = Bounded.of(job);
        now = Bounded.of(now);
    }

    static AttemptLine of(UnknownAttempt attempt) {
        return new AttemptLine(attempt, null, null, null);
    }

    static AttemptLine settled(String run) {
        return new AttemptLine(null, run, null, null);
    }

    static AttemptLine moved(String job, String now) {
        return new AttemptLine(null, null, job, now);
    }

    /** Empty where the line is not understood. */
    static Optional<AttemptLine> read(String text) {
        return JsonLine.read(text, AttemptLine.class).filter(AttemptLine::isWhole);
    }

    private boolean isWhole() {
        return attempt == null
                ? settled != null || job != null
                : attempt.key() != null
                        && attempt.key().server() != null
                        && attempt.owner() != null
                        && attempt.sender() != null
                        && (attempt.build() != null || attempt.job() != null);
    }

    /** The server that a line is about which is not understood, if that much can be told. */
    static Optional<String> serverOf(String text) {
        Matcher matcher = SERVER.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
