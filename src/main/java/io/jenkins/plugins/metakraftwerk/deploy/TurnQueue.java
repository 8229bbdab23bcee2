package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Queue of runs that must go one after another, since each must see the records of the others. Waiting runs hold no
 * platform thread.
 *
 * <p>After a restart, runs keep their order. A run that had sent holds up the others until its outcome is known. A run
 * that only waited takes its old place when it goes on, behind the run that has the turn by then.
 */
final class TurnQueue {

    /** Place of a run in the queue. It waits, has the turn, or was left. */
    final class Turn {
        private final String owner;
        private final String scope;

        /** Line of this place. Guarded by the queue. */
        private Placed placed;

        private final Signal turnGiven = new Signal();

        private Turn(Placed placed) {
            this.placed = placed;
            owner = placed.line().run();
            scope = placed.line().scope();
        }

        /** Returns the signal that comes when the run has its turn. */
        Signal came() {
            return turnGiven;
        }

        boolean waits() {
            return !turnGiven.isGiven();
        }

        /** Leaves the queue, with or without the turn. May be called more than once. */
        void leave() {
            TurnQueue.this.leave(this);
        }
    }

    private final LedgerLines ledger;

    /** Places by scope. The first place of a scope has the turn. */
    private final Map<String, List<Turn>> queues = new HashMap<>();

    /** Places by run, of runs that waited before a restart and have not gone on yet. */
    private final Map<String, Placed> waitedBefore = new LinkedHashMap<>();

    /** Runs that went on while the ledger could not be read, so it is not known if they waited. */
    private final Set<String> cameBack = new LinkedHashSet<>();

    TurnQueue(LedgerLines ledger) {
        this.ledger = ledger;
    }

    /** Takes the place that the run had before a restart, or one at the end. */
    Turn enter(RequestKey key, String owner) {
        Turn turn;
        synchronized (this) {
            List<Turn> queue = queues.computeIfAbsent(key.scope(), scope -> new ArrayList<>());
            turn = held(queue, owner);
            if (turn == null) {
                turn = take(key, owner);
                insert(queue, turn);
            }
            if (queue.get(0) != turn) {
                return turn;
            }
        }
        turn.turnGiven.give();
        return turn;
    }

    /** Returns true if the run waited before a restart and has not taken its place again. */
    synchronized boolean hasLeftWaiting(String owner) {
        return waitedBefore.containsKey(owner);
    }

    /** Gives a run its old place as soon as the ledger shows that it had one. */
    synchronized void comesBack(String owner) {
        cameBack.add(owner);
    }

    /** Takes the first place, for a run that had its turn before a restart and may have sent. */
    Turn resume(RequestKey key, String owner) {
        Turn turn;
        synchronized (this) {
            List<Turn> queue = queues.computeIfAbsent(key.scope(), scope -> new ArrayList<>());
            turn = held(queue, owner);
            if (turn == null) {
                turn = take(key, owner);
                queue.add(0, turn);
            }
        }
        turn.turnGiven.give();
        return turn;
    }

    private static void insert(List<Turn> queue, Turn turn) {
        int at = queue.size();
        // The run with the turn keeps it, even next to a run that has come back to look for its record once more.
        while (at > 1 && queue.get(at - 1).waits() && queue.get(at - 1).placed.place() > turn.placed.place()) {
            at--;
        }
        queue.add(at, turn);
    }

    private static Turn held(List<Turn> queue, String owner) {
        return queue.stream()
                .filter(turn -> turn.owner.equals(owner))
                .findFirst()
                .orElse(null);
    }

    private Turn take(RequestKey key, String owner) {
        Placed place = waitedBefore.remove(owner);
        if (place == null) {
            place = ledger.add(LedgerLine.queued(owner, key)).placed();
        }
        return new Turn(place);
    }

    /** Removes a run that does not go on. */
    void leave(String owner) {
        List<Turn> left;
        synchronized (this) {
            waitedBefore.remove(owner);
            cameBack.remove(owner);
            left = queues.values().stream()
                    .flatMap(List::stream)
                    .filter(turn -> turn.owner.equals(owner))
                    .toList();
        }
        left.forEach(this::leave);
    }

    private void leave(Turn turn) {
        Turn next = null;
        synchronized (this) {
            List<Turn> queue = queues.get(turn.scope);
            if (queue == null || !queue.remove(turn)) {
                return;
            }
            ledger.add(
                    LedgerLine.forRun(Kind.LEFT, turn.owner, turn.placed.line().server()));
            if (queue.isEmpty()) {
                queues.remove(turn.scope);
            } else {
                next = queue.get(0);
            }
        }
        if (next != null) {
            next.turnGiven.give();
        }
    }

    /** @param mayHaveSent the runs that may have sent before a restart and have not gone on yet */
    synchronized void load(List<Placed> all, Set<String> mayHaveSent) {
        waitedBefore.clear();
        for (Placed placed : all) {
            String run = placed.line().run();
            switch (placed.line().kind()) {
                case QUEUED -> waitedBefore.putIfAbsent(run, placed);
                case LEFT -> waitedBefore.remove(run);
                default -> {}
            }
        }
        queues.values().forEach(this::putInOrder);
        List<Placed> returning = cameBack.stream()
                .map(waitedBefore::remove)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Placed::place))
                .toList();
        cameBack.clear();
        for (String owner : mayHaveSent) {
            Placed place = waitedBefore.remove(owner);
            if (place != null) {
                queues.computeIfAbsent(place.line().scope(), scope -> new ArrayList<>())
                        .add(0, new Turn(place));
            }
        }
        returning.forEach(place ->
                insert(queues.computeIfAbsent(place.line().scope(), scope -> new ArrayList<>()), new Turn(place)));
    }

    /**
     * Restores the old places of runs that went on while the ledger could not be read. The run with the turn keeps it.
     */
    private void putInOrder(List<Turn> queue) {
        for (Turn turn : queue) {
            Placed place = waitedBefore.remove(turn.owner);
            if (place != null) {
                turn.placed = place;
            }
        }
        queue.subList(1, queue.size()).sort(Comparator.comparingLong(turn -> turn.placed.place()));
    }

    synchronized List<Placed> lines() {
        List<Placed> lines = new ArrayList<>(waitedBefore.values());
        queues.values().forEach(queue -> queue.forEach(turn -> lines.add(turn.placed)));
        return lines;
    }
}
