package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import java.time.Duration;
import java.util.Optional;

/**
 * Wait of one run until the notes on other runs can be read, or until an administrator has decided to go on without
 * them. Without the notes, the run might repeat a request of another run or take its record.
 */
final class LedgerWait {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RunContext context;
    private final Deadline deadline;
    private Deadline silence;

    LedgerWait(RunContext context, Deadline deadline) {
        this.context = context;
        this.deadline = deadline;
    }

    /** @throws MetaKraftwerkException if the time is up */
    void await() throws MetaKraftwerkException, InterruptedException {
        while (trouble(context).isPresent()) {
            // A disk that hangs does not answer.
            context.platformCalls().get(context.shared().ledger()::look).within(context.timing(), PAUSE);
            Optional<FileTrouble> trouble = trouble(context);
            if (trouble.isPresent()) {
                goOnWaiting(trouble.get());
            }
        }
    }

    /**
     * Returns why the run does not yet know all that others have done on its server; empty if it does. Does not block.
     */
    static Optional<FileTrouble> trouble(RunContext context) {
        return context.shared().ledger().trouble(context.key().server());
    }

    private void goOnWaiting(FileTrouble trouble) throws MetaKraftwerkException, InterruptedException {
        if (deadline.isOver()) {
            throw MetaKraftwerkException.refusedLocally(Text.forKey("memory.tooLong", trouble.text()));
        }
        say(trouble);
        Duration left = deadline.left();
        VirtualThreadWaits.pause(context.timing(), left.compareTo(PAUSE) < 0 ? left : PAUSE);
    }

    private void say(FileTrouble trouble) throws InterruptedException {
        if (silence == null) {
            context.say().accept(Text.forKey("memory.waiting", trouble.text(), deadline.minutes()));
        } else if (silence.isOver()) {
            context.say().accept(Text.forKey("memory.still", trouble.text(), deadline.minutes()));
        } else {
            return;
        }
        silence = Deadline.in(context.timing(), Deadline.SILENCE);
    }
}
