package io.jenkins.plugins.metakraftwerk.simulation;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Takes schedule after schedule on all cores, each core with worlds of its own, until time is up or something is wrong. */
final class Explorer {

    /** No schedule takes so long, unless it is in a loop without an end. */
    private static final long LONGEST_MILLIS = 20_000;

    private final long first;
    private final long millis;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong worked = new AtomicLong();
    private final AtomicReference<Schedule> wrong = new AtomicReference<>();
    private final Limits limits = new Limits();

    /** @param first the seed of the first schedule; the others have the numbers after it */
    Explorer(long first, long seconds) {
        this.first = first;
        millis = seconds * 1000;
    }

    /** The schedule in which something is wrong, with its trace; null if there was none. */
    Schedule explore() throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Worker worker = new Worker(end);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        for (Worker worker : workers) {
            worker.join(Math.max(1, (end - System.nanoTime()) / 1_000_000) + LONGEST_MILLIS);
            if (worker.isAlive()) {
                return Schedule.broken(worker.seed, "(d) the program is in a loop without an end");
            }
        }
        Schedule found = wrong.get();
        return found == null || found.isBroken() ? found : Schedule.of(found.seed(), true);
    }

    private final class Worker extends Thread {

        private final long end;
        private volatile long seed;

        private Worker(long end) {
            super("simulation");
            this.end = end;
        }

        @Override
        public void run() {
            try {
                while (wrong.get() == null && System.nanoTime() < end) {
                    seed = first + taken.getAndIncrement();
                    Schedule schedule = Schedule.of(seed, false);
                    limits.count(schedule);
                    if (!schedule.violations().isEmpty()) {
                        wrong.compareAndSet(null, schedule);
                    }
                }
            } catch (RuntimeException | Error e) {
                wrong.compareAndSet(null, Schedule.broken(seed, "the simulation broke: " + e));
            }
            worked.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        }
    }

    /** With the time of the processors too: on a busy machine that is far less than the time that passed. */
    String summary() {
        return taken + " schedules from seed " + first + " on, in " + worked.get() / 1_000_000_000 + " s of processor time.";
    }

    /** What comes of answers that are not true. */
    Limits limits() {
        return limits;
    }
}
