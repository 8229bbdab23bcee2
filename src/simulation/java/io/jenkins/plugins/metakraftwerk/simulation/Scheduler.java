package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Virtual time. The event with the earliest time happens next. Drawn numbers order events of the same moment. The only
 * platform thread is the one that calls {@link #step}. After each event it runs the virtual threads until all of them
 * wait.
 */
final class Scheduler {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;
    static final long MINUTE = 60 * SECOND;

    /** Event that will happen, unless it is cancelled or its life ends before. */
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

    /** Returns the nanoseconds since the world began. */
    long now() {
        return now;
    }

    int steps() {
        return steps;
    }

    /** @param life life that the event belongs to; null for an event that is independent of the controller */
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

    /** Returns an executor that delays each task by a time of its own, so that one can overtake another. */
    Executor executor(ControllerLife life, LongSupplier delay) {
        return task -> after(delay.getAsLong(), life, task);
    }

    /** Returns the time of the next event, or -1 if there is none. */
    long next() {
        skip();
        return queue.isEmpty() ? -1 : queue.peek().time;
    }

    /** Lets the next event happen. Returns false if there is none. */
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

    /** Ends the world: nothing more happens. */
    void close() {
        threads.close();
    }

    /**
     * Returns the thread that has resumed a virtual thread beside this one, or null. Then the seed alone does not
     * decide what happens.
     */
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
