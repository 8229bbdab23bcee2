package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Virtual time. What happens next is the event with the earliest time; among those of one moment, drawn numbers decide.
 * There is no platform thread but the one that calls {@link #step}; it runs the virtual threads too, after each event until
 * all of them wait.
 */
final class Scheduler {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;
    static final long MINUTE = 60 * SECOND;

    /** Something that will happen, unless it is cancelled or its life ends before. */
    static final class Event implements Comparable<Event> {
        private final long time;
        private final long tie;
        private final long order;
        private final ControllerLife life;
        private Runnable work;

        private Event(long time, long tie, long order, ControllerLife life, Runnable work) {
            this.time = time;
            this.tie = tie;
            this.order = order;
            this.life = life;
            this.work = work;
        }

        void cancel() {
            if (take() != null && life != null) {
                life.pending--;
            }
        }

        private Runnable take() {
            Runnable taken = work;
            work = null;
            return taken;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            int byTie = byTime != 0 ? byTime : Long.compare(tie, other.tie);
            return byTie != 0 ? byTie : Long.compare(order, other.order);
        }
    }

    private final Chance chance;
    private final OwnedVirtualThreads threads = OwnedVirtualThreads.begin();
    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private long now;
    private long count;
    private int steps;

    Scheduler(Chance chance) {
        this.chance = chance;
    }

    /** Nanoseconds since the world began. */
    long now() {
        return now;
    }

    int steps() {
        return steps;
    }

    /** @param life whose event it is; null for what goes on whatever becomes of the controller */
    Event after(long nanos, ControllerLife life, Runnable work) {
        Event event = new Event(now + Math.max(0, nanos), chance.number(), count++, life, work);
        if (life != null) {
            if (life.isOver()) {
                event.work = null;
                return event;
            }
            life.pending++;
        }
        queue.add(event);
        return event;
    }

    /** An executor whose tasks run each after a while of their own, so that one can overtake another. */
    Executor executor(ControllerLife life, LongSupplier delay) {
        return task -> after(delay.getAsLong(), life, task);
    }

    /** When the next event is, or -1 if nothing will happen any more. */
    long next() {
        skip();
        return queue.isEmpty() ? -1 : queue.peek().time;
    }

    /** Lets the next event happen; false if there is none. */
    boolean step() {
        skip();
        Event event = queue.poll();
        if (event == null) {
            return false;
        }
        now = event.time;
        steps++;
        if (event.life != null) {
            event.life.pending--;
        }
        event.take().run();
        threads.run();
        return true;
    }

    /** Nothing more happens. */
    void close() {
        threads.close();
    }

    /** Who has let a virtual thread go on beside this; null for nobody. Then the seed alone does not decide what happens. */
    String stranger() {
        return threads.stranger();
    }

    private void skip() {
        threads.run();
        while (!queue.isEmpty() && (queue.peek().work == null || isOver(queue.peek().life))) {
            queue.poll();
        }
    }

    private static boolean isOver(ControllerLife life) {
        return life != null && life.isOver();
    }
}
