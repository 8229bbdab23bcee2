package io.jenkins.plugins.metakraftwerk.simulation;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Plays schedules on all cores, each core with its own worlds, and collects those with an error. */
final class Explorer {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Limit of processor time for one schedule. Only an endless loop takes more. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final long GLANCE_MILLIS = 500;

    private final long first;
    private final long most;
    private final long millis;
    private final boolean toTheFirst;
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong worked = new AtomicLong();
    private final Findings findings = new Findings();
    private volatile boolean stops;

    private Explorer(long first, long most, long millis, boolean toTheFirst) {
        this.first = first;
        this.most = most;
        this.millis = millis;
        this.toTheFirst = toTheFirst;
    }

    /**
     * Plays as many schedules as fit into a processor time, or up to the first one with an error.
     *
     * @param first seed of the first schedule; the others have the numbers after it
     */
    static Explorer forSeconds(long first, long seconds) {
        return new Explorer(first, Long.MAX_VALUE, seconds * 1000, true);
    }

    /** Plays this many schedules, however long that takes, also after errors. */
    static Explorer ofSchedules(long first, long count) {
        return new Explorer(first, count, Long.MAX_VALUE / 2_000_000, false);
    }

    Findings explore() throws InterruptedException {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Worker worker = new Worker();
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
        for (Worker worker : workers) {
            while (!worker.isOver(GLANCE_MILLIS)) {
                workers.forEach(Worker::look);
            }
        }
        return findings;
    }

    /**
     * Returns a summary. It includes the processor time: on a busy machine that is far less than the time that passed.
     */
    String summary() {
        return findings.count() + " schedules from " + new Seed(first) + " on, in " + worked.get() / 1_000_000_000
                + " s of processor time.";
    }

    private final class Worker extends Thread {

        private volatile long seed;
        private volatile long began;
        private volatile boolean hangs;

        private Worker() {
            super("simulation");
        }

        /** Waits a moment. Returns true if it is over, or will never be. */
        private boolean isOver(long millis) throws InterruptedException {
            join(millis);
            return hangs || !isAlive();
        }

        /** Checks the processor time. On a busy machine, a schedule may take any time, but not any processor time. */
        private void look() {
            long used = THREADS.getThreadCpuTime(threadId());
            if (!hangs && used > 0 && used - began > LONGEST_NANOS) {
                hangs = true;
                stops = true;
                findings.add(Schedule.broken(seed, "(d) the program is in a loop without an end"));
            }
        }

        @Override
        public void run() {
            while (!stops && THREADS.getCurrentThreadCpuTime() < millis * 1_000_000) {
                long index = next.getAndIncrement();
                if (index >= most) {
                    break;
                }
                seed = first + index;
                began = THREADS.getCurrentThreadCpuTime();
                Schedule schedule = taken();
                findings.add(schedule.violations().isEmpty() ? schedule : takenAgain(schedule));
                stops |= toTheFirst && findings.isRed();
            }
            worked.addAndGet(THREADS.getCurrentThreadCpuTime());
        }

        /**
         * Plays a failed schedule again. Only the seed decides, except while classes are loaded: then the JDK resumes a
         * virtual thread by itself.
         */
        private Schedule takenAgain(Schedule red) {
            return red.isBroken() ? red : taken();
        }

        private Schedule taken() {
            try {
                return Schedule.fromSeed(seed, false);
            } catch (RuntimeException | Error e) {
                return Schedule.broken(seed, "the simulation broke: " + e);
            }
        }
    }
}
