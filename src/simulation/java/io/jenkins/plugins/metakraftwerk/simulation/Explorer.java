package io.jenkins.plugins.metakraftwerk.simulation;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Takes schedule after schedule on all cores, each core with worlds of its own, until time is up or something is wrong. */
final class Explorer {

    private final long first;
    private final long end;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong worked = new AtomicLong();
    private final AtomicReference<Schedule> wrong = new AtomicReference<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    /** By lie, how many schedules there were, and how many in which a rule did not hold. */
    private final Map<Lie, Map<String, Integer>> deceived = new EnumMap<>(Lie.class);

    /** @param first the seed of the first schedule; the others have the numbers after it */
    Explorer(long first, long seconds) {
        this.first = first;
        end = System.nanoTime() + seconds * 1_000_000_000L;
    }

    /** The schedule in which something is wrong, with its trace; null if there was none. */
    Schedule explore() throws InterruptedException {
        Thread[] threads = new Thread[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(this::takeSchedules, "simulation " + i);
            threads[i].setDaemon(true);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (broken.get() != null) {
            throw new IllegalStateException("The simulation broke", broken.get());
        }
        return wrong.get() == null ? null : Schedule.of(wrong.get().seed(), true);
    }

    private void takeSchedules() {
        long seed = first;
        try {
            while (wrong.get() == null && System.nanoTime() < end) {
                seed = first + taken.getAndIncrement();
                Schedule schedule = Schedule.of(seed, false);
                if (!schedule.violations().isEmpty()) {
                    wrong.compareAndSet(null, schedule);
                }
                count(schedule);
            }
            worked.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
        } catch (RuntimeException | Error e) {
            broken.compareAndSet(null, new IllegalStateException("with seed " + seed, e));
            wrong.compareAndSet(null, new Schedule(seed, null, List.of("broke"), Set.of(), 0, ""));
        }
    }

    private void count(Schedule schedule) {
        if (schedule.lie() != null) {
            synchronized (deceived) {
                Map<String, Integer> rules = deceived.computeIfAbsent(schedule.lie(), lie -> new TreeMap<>());
                rules.merge("", 1, Integer::sum);
                schedule.deceived().forEach(rule -> rules.merge(rule, 1, Integer::sum));
            }
        }
    }

    long taken() {
        return taken.get();
    }

    /** With the time of the processors too: on a busy machine that is far less than the time that passed. */
    String summary() {
        return taken + " schedules from seed " + first + " on, in " + worked.get() / 1_000_000_000 + " s of processor time.";
    }

    /** What comes of answers that are not true: a table of causes. */
    String limits() {
        StringBuilder table = new StringBuilder("| what is not true | schedules | (a) twice | (b) wrong record | (c) said nothing done |\n"
                + "| --- | --- | --- | --- | --- |\n");
        deceived.forEach((lie, rules) -> table.append("| ")
                .append(lie.words)
                .append(" | ")
                .append(rules.get(""))
                .append(" | ")
                .append(rules.getOrDefault("a", 0))
                .append(" | ")
                .append(rules.getOrDefault("b", 0))
                .append(" | ")
                .append(rules.getOrDefault("c", 0))
                .append(" |\n"));
        return table.toString();
    }
}
