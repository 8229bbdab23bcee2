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
 * Lets runs that must see what the others have done go one after another, without a thread for those that wait. After a
 * restart they keep their order: one that had sent holds the others up until it is known what became of that, and one that
 * only waited takes its place when it goes on, behind whoever has the turn by then.
 */
final class TurnQueue {

    /** A place in the queue: waiting, its turn, or left. */
    final class Turn {
        private final String owner;
        private final String scope;

        /** Of its line. Guarded by the queue. */
        private Placed placed;

        private final Signal came = new Signal();

        private Turn(Placed placed) {
            this.placed = placed;
            owner = placed.line().run();
            scope = placed.line().scope();
        }

        /** It is this one's turn. */
        Signal came() {
            return came;
        }

        boolean waits() {
            return !came.isGiven();
        }

        /** Leaves the queue, waiting or not; may be called more than once. */
        void leave() {
            TurnQueue.this.leave(this);
        }
    }

    private final LedgerLines ledger;

    /** By scope, those that have their turn or wait for it; the first has it. */
    private final Map<String, List<Turn>> queues = new HashMap<>();

    /** By run, the places of those that waited before a restart and have not gone on yet. */
    private final Map<String, Placed> before = new LinkedHashMap<>();

    /** The runs that have gone on before it could be read whether they waited. */
    private final Set<String> back = new LinkedHashSet<>();

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
        turn.came.give();
        return turn;
    }

    /** Whether the run waited before a restart, and has not taken its place again. */
    synchronized boolean hasLeftWaiting(String owner) {
        return before.containsKey(owner);
    }

    /** Takes the place that a run had before a restart, if it turns out that it had one. */
    synchronized void comesBack(String owner) {
        back.add(owner);
    }

    /** Takes the first place, as a run does that had its turn before a restart and has perhaps sent in it. */
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
        turn.came.give();
        return turn;
    }

    private static void insert(List<Turn> queue, Turn turn) {
        int at = queue.size();
        // Whoever has the turn keeps it, also beside one that has come back to look for its record once more.
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
        Placed place = before.remove(owner);
        if (place == null) {
            place = ledger.add(LedgerLine.queued(owner, key)).placed();
        }
        return new Turn(place);
    }

    /** A run does not go on. */
    void leave(String owner) {
        List<Turn> left;
        synchronized (this) {
            before.remove(owner);
            back.remove(owner);
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
            next.came.give();
        }
    }

    /** @param sent the runs that have sent, and have not gone on yet */
    synchronized void load(List<Placed> all, Set<String> sent) {
        before.clear();
        for (Placed placed : all) {
            String run = placed.line().run();
            switch (placed.line().kind()) {
                case QUEUED -> before.putIfAbsent(run, placed);
                case LEFT -> before.remove(run);
                default -> {}
            }
        }
        queues.values().forEach(this::putInOrder);
        List<Placed> now = back.stream()
                .map(before::remove)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Placed::place))
                .toList();
        back.clear();
        for (String owner : sent) {
            Placed place = before.remove(owner);
            if (place != null) {
                queues.computeIfAbsent(place.line().scope(), scope -> new ArrayList<>())
                        .add(0, new Turn(place));
            }
        }
        now.forEach(place ->
                insert(queues.computeIfAbsent(place.line().scope(), scope -> new ArrayList<>()), new Turn(place)));
    }

    /** Runs that have gone on before this could be read keep the places that they had; whoever has the turn keeps it. */
    private void putInOrder(List<Turn> queue) {
        for (Turn turn : queue) {
            Placed place = before.remove(turn.owner);
            if (place != null) {
                turn.placed = place;
            }
        }
        queue.subList(1, queue.size()).sort(Comparator.comparingLong(turn -> turn.placed.place()));
    }

    synchronized List<Placed> lines() {
        List<Placed> lines = new ArrayList<>(before.values());
        queues.values().forEach(queue -> queue.forEach(turn -> lines.add(turn.placed)));
        return lines;
    }
}
