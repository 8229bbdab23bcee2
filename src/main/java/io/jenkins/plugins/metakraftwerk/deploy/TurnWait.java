package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;

/** Wait of one run for its turn. Logs a line every five minutes. */
final class TurnWait {

    private final RunContext context;
    private final Deadline deadline;
    private final Signal turnGiven;

    TurnWait(RunContext context, TurnQueue.Turn turn, Deadline deadline) {
        this.context = context;
        this.deadline = deadline;
        turnGiven = turn.came();
    }

    /** @throws MetaKraftwerkException if the time is up */
    void await() throws MetaKraftwerkException, InterruptedException {
        context.say().accept(Text.forKey("queue.waiting", deadline.minutes()));
        while (!turnGiven.within(context.timing(), pause())) {
            if (deadline.isOver()) {
                throw MetaKraftwerkException.refusedLocally(Text.forKey("queue.tooLong"));
            }
            context.say().accept(Text.forKey("queue.still", deadline.minutes()));
        }
    }

    private Duration pause() {
        Duration left = deadline.left();
        return left.compareTo(Deadline.SILENCE) < 0 ? left : Deadline.SILENCE;
    }
}
