package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The wait of one run for its turn, with a sign of life from time to time. */
final class TurnWait {

    private final RunParts parts;
    private final Deadline deadline;
    private final CompletableFuture<Void> came;

    /** Guarded by this; one at a time, so that a wait of a week holds no more than one of a minute. */
    private CompletableFuture<Void> pause;

    TurnWait(RunParts parts, TurnQueue.Turn turn, Deadline deadline) {
        this.parts = parts;
        this.deadline = deadline;
        came = turn.came();
    }

    /** Fails when the time is up; cancelling it ends the wait. */
    CompletableFuture<Void> start() {
        parts.log().accept(Text.of("queue.waiting", deadline.minutes()));
        pause();
        came.whenComplete((nothing, failure) -> end());
        return came;
    }

    private synchronized void pause() {
        Duration left = deadline.left();
        pause = parts.timing().after(left.compareTo(Deadline.SILENCE) < 0 ? left : Deadline.SILENCE);
        pause.thenRunAsync(this::goOn, parts.serial());
    }

    /** Whatever goes wrong ends the wait, which would have no end else. */
    private void goOn() {
        try {
            goOnWaiting();
        } catch (RuntimeException | Error e) {
            came.completeExceptionally(e);
        }
    }

    private void goOnWaiting() {
        if (deadline.isOver()) {
            came.completeExceptionally(MetaKraftwerkException.refusedLocally(Text.of("queue.tooLong")));
        } else if (!came.isDone()) {
            parts.log().accept(Text.of("queue.still", deadline.minutes()));
            pause();
            if (came.isDone()) {
                end();
            }
        }
    }

    private synchronized void end() {
        pause.cancel(true);
    }
}
