package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;
import java.util.Optional;

/**
 * Connects a run to its server. While Jenkins starts, servers, folders and credentials may load after the runs that
 * need them. So a run that goes on after a restart waits for them.
 */
final class ConnectPhase {

    /** Shortest wait after a restart. A longer limit for retries counts here too. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final RunContext context;
    private final Backoff backoff;

    private Text loggedText;
    private Deadline silence;

    private ConnectPhase(RunContext context, Duration limit) {
        this.context = context;
        backoff = new Backoff(context.timing(), limit);
    }

    /** @throws MetaKraftwerkException at once, if something is missing */
    static void once(RunContext context) throws MetaKraftwerkException, InterruptedException {
        new ConnectPhase(context, Duration.ZERO).connectWithRetries();
    }

    /** Tries again for at least a minute, and logs that. */
    static void afterARestart(RunContext context) throws MetaKraftwerkException, InterruptedException {
        Duration limit = context.plan().retryLimit();
        new ConnectPhase(context, limit.compareTo(LEAST) > 0 ? limit : LEAST).connectWithRetries();
    }

    private void connectWithRetries() throws MetaKraftwerkException, InterruptedException {
        while (true) {
            try {
                context.platformCalls().get(this::connect);
                return;
            } catch (MetaKraftwerkException e) {
                Optional<Duration> pause = pause(e);
                if (pause.isEmpty()) {
                    throw backoff.gaveUp(e);
                }
                log(e.text());
                VirtualThreadWaits.pause(context.timing(), pause.get());
            }
        }
    }

    private Void connect() throws MetaKraftwerkException {
        try {
            context.connection().connect();
            return null;
        } catch (RuntimeException e) {
            // A provider of credentials has failed. It may not be ready yet, so this counts as missing.
            throw MetaKraftwerkException.missing(RunTexts.known(e).text());
        }
    }

    /** Returns the next pause, up to the last moment of the limit; empty after it, or if the failure will not pass. */
    private Optional<Duration> pause(MetaKraftwerkException failure) {
        Optional<Duration> next = backoff.next(failure);
        return next.isPresent() || !failure.retryable()
                ? next
                : Optional.of(backoff.left()).filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    private void log(Text missing) throws InterruptedException {
        if (missing.equals(loggedText) && !silence.isOver()) {
            return;
        }
        loggedText = missing;
        silence = Deadline.in(context.timing(), Deadline.SILENCE);
        context.say()
                .accept(Text.forKey(
                        "run.waiting", missing, Math.round(backoff.left().toMillis() / 1000.0)));
    }
}
