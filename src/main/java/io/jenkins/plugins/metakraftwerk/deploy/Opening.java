package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the way to the server of a run. While Jenkins starts, servers, folders and credentials may come after the runs
 * that need them; so one that goes on after a restart waits for them.
 */
final class Opening {

    /** After a restart; longer where calls are tried again for longer. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    private final RunParts parts;
    private final Backoff backoff;
    private final Chain<Void> result;

    private Text told;
    private Deadline silence;

    private Opening(RunParts parts, Duration limit) {
        this.parts = parts;
        backoff = new Backoff(parts.timing(), limit);
        result = new Chain<>(parts.serial());
    }

    /** Tries once. The future fails with what is missing. May block. */
    static CompletableFuture<Void> once(RunParts parts) {
        return new Opening(parts, Duration.ZERO).open();
    }

    /** Tries again for a while, and says so. May block. */
    static CompletableFuture<Void> afterARestart(RunParts parts) {
        Duration limit = parts.plan().retryLimit();
        return new Opening(parts, limit.compareTo(LEAST) > 0 ? limit : LEAST).open();
    }

    private CompletableFuture<Void> open() {
        attempt();
        return result;
    }

    private void attempt() {
        try {
            parts.connection().connect();
            result.complete(null);
        } catch (MetaKraftwerkException e) {
            failed(e);
        } catch (RuntimeException e) {
            // Of whoever stores credentials, as of one that is not ready yet.
            failed(MetaKraftwerkException.missing(RunTexts.known(e).text()));
        } catch (Error e) {
            // That does not come right by waiting.
            result.completeExceptionally(e);
        }
    }

    private void failed(MetaKraftwerkException failure) {
        Optional<Duration> pause = pause(failure);
        if (pause.isEmpty()) {
            result.completeExceptionally(Retries.gaveUp(failure, backoff));
            return;
        }
        tell(failure.text());
        result.then(parts.timing().after(pause.get()), over -> attempt());
    }

    /** Until the very end: it may come in the last moment. */
    private Optional<Duration> pause(MetaKraftwerkException failure) {
        Optional<Duration> next = backoff.next(failure);
        return next.isPresent() || !failure.retryable()
                ? next
                : Optional.of(backoff.left()).filter(left -> left.compareTo(Duration.ZERO) > 0);
    }

    private void tell(Text missing) {
        if (missing.equals(told) && !silence.isOver()) {
            return;
        }
        told = missing;
        silence = Deadline.in(parts.timing(), Deadline.SILENCE);
        parts.log()
                .accept(Text.of(
                        "run.waiting", missing, Math.round(backoff.left().toMillis() / 1000.0)));
    }
}
