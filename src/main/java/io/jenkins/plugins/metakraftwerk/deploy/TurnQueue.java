package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Lets runs that must see what the others have done go one after another, without a thread for those that wait. One
 * instance serves all runs of a controller.
 */
public final class TurnQueue {

    /** A place in the queue: waiting, its turn, or left. */
    final class Turn {
        private final String scope;
        private final CompletableFuture<Void> came = new CompletableFuture<>();

        private Turn(String scope) {
            this.scope = scope;
        }

        /** Completes when it is this one's turn. */
        CompletableFuture<Void> came() {
            return came.copy();
        }

        boolean waits() {
            return !came.isDone();
        }

        /** Leaves the queue, waiting or not; may be called more than once. */
        void leave() {
            TurnQueue.this.leave(this);
        }
    }

    /** By scope, those that have their turn or wait for it; the first has it. */
    private final Map<String, Queue<Turn>> queues = new HashMap<>();

    /** Takes a place at the end. */
    Turn enter(String scope) {
        Turn turn = new Turn(scope);
        boolean first;
        synchronized (this) {
            Queue<Turn> queue = queues.computeIfAbsent(scope, key -> new ArrayDeque<>());
            first = queue.isEmpty();
            queue.add(turn);
        }
        if (first) {
            turn.came.complete(null);
        }
        return turn;
    }

    /** Takes the first place, as a run does that had its turn before a restart and has perhaps sent in it. */
    Turn resume(String scope) {
        Turn turn = new Turn(scope);
        synchronized (this) {
            ArrayDeque<Turn> queue = new ArrayDeque<>();
            queue.add(turn);
            Queue<Turn> others = queues.put(scope, queue);
            if (others != null) {
                queue.addAll(others);
            }
        }
        turn.came.complete(null);
        return turn;
    }

    private void leave(Turn turn) {
        Turn next = null;
        synchronized (this) {
            Queue<Turn> queue = queues.get(turn.scope);
            if (queue == null || !queue.remove(turn)) {
                return;
            }
            if (queue.isEmpty()) {
                queues.remove(turn.scope);
            } else {
                next = queue.peek();
            }
        }
        if (next != null) {
            next.came.complete(null);
        }
    }
}
