package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds the way to the server of a run. While Jenkins starts, servers, folders and credentials may come after the runs
 * that need them; so one that goes on after a restart waits for them.
 */
final class ConnectPhase {

    /** After a restart; longer where calls are tried again for longer. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final RunContext context;
    private final Backoff backoff;

    private Text told;
    private Deadline silence;

    private ConnectPhase(RunContext context, Duration limit) {
        this.context = context;
        backoff = new Backoff(context.timing(), limit);
    }

    /** @throws MetaKraftwerkException what is missing, at once */
    static void once(RunContext context) throws MetaKraftwerkException, InterruptedException {
        new ConnectPhase(context, Duration.ZERO).open();
    }

    /** Tries again for a while, and says so. */
    static void afterARestart(RunContext context) throws MetaKraftwerkException, InterruptedException {
        Duration limit = context.plan().retryLimit();
        new ConnectPhase(context, limit.compareTo(LEAST) > 0 ? limit : LEAST).open();
    }

    private void open() throws MetaKraftwerkException, InterruptedException {
        while (true) {
            try {
                context.platformCalls().get(this::connect);
                return;
            } catch (MetaKraftwerkException e) {
                Optional<Duration> pause = pause(e);
                if (pause.isEmpty()) {
                    throw backoff.gaveUp(e);
                }
                tell(e.text());
                VirtualThreadWaits.pause(context.timing(), pause.get());
            }
        }
    }

    private Void connect() throws MetaKraftwerkException {
        try {
            context.connection().connect();
            return null;
        } catch (RuntimeException e) {
            // Of whoever stores credentials, as of one that is not ready yet.
            throw MetaKraftwerkException.missing(RunTexts.known(e).text());
        }
    }

    /** Until the very end: it may come in the last moment. */
    private Optional<Duration> pause(MetaKraftwerkException failure) {
        Optional<Duration> next = backoff.next(failure);
        return next.isPresent() || !failure.retryable()
                ? next
                : Optional.of(backoff.left()).filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    private void tell(Text missing) throws InterruptedException {
        if (missing.equals(told) && !silence.isOver()) {
            return;
        }
        told = missing;
        silence = Deadline.in(context.timing(), Deadline.SILENCE);
        context.say()
                .accept(Text.forKey(
                        "run.waiting", missing, Math.round(backoff.left().toMillis() / 1000.0)));
    }
}
