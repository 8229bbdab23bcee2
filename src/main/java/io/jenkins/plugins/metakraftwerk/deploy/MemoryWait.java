package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Chain;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.store.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The wait of one run until what is remembered of others can be read and understood, or an administrator has decided to go
 * on without: what it does not know it might do a second time, or take for its own.
 */
final class MemoryWait {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RunParts parts;
    private final Deadline deadline;
    private final Chain<Void> result;
    private Deadline silence;

    MemoryWait(RunParts parts, Deadline deadline) {
        this.parts = parts;
        this.deadline = deadline;
        result = new Chain<>(parts.serial());
    }

    /** Fails when the time is up; cancelling it ends the wait. */
    CompletableFuture<Void> start() {
        look();
        return result;
    }

    /** Why the run does not know yet all that others have done on its server; empty where it does. Does not block. */
    static Optional<Trouble> trouble(RunParts parts) {
        return parts.shared().ledger().trouble(parts.key().server());
    }

    private void look() {
        if (trouble(parts).isEmpty()) {
            result.complete(null);
            return;
        }
        // A disk that hangs does not answer.
        result.then(
                Patience.within(parts.timing(), PAUSE, parts.shared().ledger().look()),
                over -> trouble(parts).ifPresentOrElse(this::wait, () -> result.complete(null)));
    }

    private void wait(Trouble now) {
        if (deadline.isOver()) {
            result.completeExceptionally(MetaKraftwerkException.refusedLocally(Text.of("memory.tooLong", now.text())));
            return;
        }
        say(now);
        Duration left = deadline.left();
        result.then(parts.timing().after(left.compareTo(PAUSE) < 0 ? left : PAUSE), over -> look());
    }

    private void say(Trouble now) {
        if (silence == null) {
            parts.log().accept(Text.of("memory.waiting", now.text(), deadline.minutes()));
        } else if (silence.isOver()) {
            parts.log().accept(Text.of("memory.still", now.text(), deadline.minutes()));
        } else {
            return;
        }
        silence = Deadline.in(parts.timing(), Deadline.SILENCE);
    }
}
