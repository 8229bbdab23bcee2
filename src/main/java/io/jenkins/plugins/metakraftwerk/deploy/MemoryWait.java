package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Waits;
import io.jenkins.plugins.metakraftwerk.store.Trouble;
import java.time.Duration;
import java.util.Optional;

/**
 * The wait of one run until what is remembered of others can be read and understood, or an administrator has decided to go
 * on without: what it does not know it might do a second time, or take for its own.
 */
final class MemoryWait {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RunParts parts;
    private final Deadline deadline;
    private Deadline silence;

    MemoryWait(RunParts parts, Deadline deadline) {
        this.parts = parts;
        this.deadline = deadline;
    }

    /** @throws MetaKraftwerkException when the time is up */
    void await() throws MetaKraftwerkException, InterruptedException {
        while (trouble(parts).isPresent()) {
            // A disk that hangs does not answer.
            parts.door().get(parts.shared().ledger()::look).within(parts.timing(), PAUSE);
            Optional<Trouble> now = trouble(parts);
            if (now.isPresent()) {
                goOnWaiting(now.get());
            }
        }
    }

    /** Why the run does not know yet all that others have done on its server; empty where it does. Does not block. */
    static Optional<Trouble> trouble(RunParts parts) {
        return parts.shared().ledger().trouble(parts.key().server());
    }

    private void goOnWaiting(Trouble now) throws MetaKraftwerkException, InterruptedException {
        if (deadline.isOver()) {
            throw MetaKraftwerkException.refusedLocally(Text.of("memory.tooLong", now.text()));
        }
        say(now);
        Duration left = deadline.left();
        Waits.pause(parts.timing(), left.compareTo(PAUSE) < 0 ? left : PAUSE);
    }

    private void say(Trouble now) throws InterruptedException {
        if (silence == null) {
            parts.say().accept(Text.of("memory.waiting", now.text(), deadline.minutes()));
        } else if (silence.isOver()) {
            parts.say().accept(Text.of("memory.still", now.text(), deadline.minutes()));
        } else {
            return;
        }
        silence = Deadline.in(parts.timing(), Deadline.SILENCE);
    }
}
