package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes to Jenkins' log that threads are full or stuck, or that a task failed. */
final class ThreadPoolMonitor {

    /** A task that takes longer is stuck. */
    static final Duration LONG = Duration.ofMinutes(5);

    /** The shortest time between two log entries that there is no room. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Frames of a stack trace; enough to show where a task is and who started it. */
    private static final int FRAMES = 20;

    private static final Logger LOGGER = Logger.getLogger(ThreadPoolMonitor.class.getName());

    private final String name;
    private final Supplier<Duration> uptime;

    /** The time at which each thread began its task. */
    private final Map<Thread, Duration> busy = new ConcurrentHashMap<>();

    private final AtomicBoolean stuckLogged = new AtomicBoolean();
    private final AtomicReference<Duration> fullLogged = new AtomicReference<>();

    /** @param uptime the clock that nobody sets */
    ThreadPoolMonitor(String name, Supplier<Duration> uptime) {
        this.name = name;
        this.uptime = uptime;
    }

    void begins(Thread thread) {
        quietly(() -> busy.put(thread, uptime.get()));
    }

    void ended(Thread thread) {
        busy.remove(thread);
        stuckLogged.set(false);
    }

    /** Runs a task and logs its exception, so that the thread goes on. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            quietly(() -> LOGGER.log(
                    Level.WARNING, e, () -> Text.forKey("pool.failed", name).toString()));
        }
    }

    /** Logs that there is no room for a task, at most once a minute. */
    void full(int waiting) {
        Duration now = uptime.get();
        Duration last = fullLogged.get();
        boolean due = last == null || now.minus(last).compareTo(PAUSE) >= 0;
        if (due && fullLogged.compareAndSet(last, now)) {
            long oldest = now.minus(oldest(now)).toSeconds();
            say(() -> LOGGER.warning(
                    () -> Text.forKey("pool.full", name, waiting, oldest).toString()));
        }
    }

    private Duration oldest(Duration now) {
        return busy.values().stream().min(Duration::compareTo).orElse(now);
    }

    /**
     * Logs the stack traces if all threads have had their tasks for long and other tasks wait. Does so once, until a
     * task has ended.
     */
    void waiting(int waiting, int threads) {
        if (stuckLogged.get() || busy.size() < threads) {
            return;
        }
        Duration now = uptime.get();
        List<Thread> hanging = busy.entrySet().stream()
                .filter(task -> now.minus(task.getValue()).compareTo(LONG) > 0)
                .map(Map.Entry::getKey)
                .toList();
        if (hanging.size() >= threads && stuckLogged.compareAndSet(false, true)) {
            say(() -> LOGGER.warning(
                    () -> Text.forKey("pool.stuck", name, threads, LONG.toMinutes(), waiting, stacks(hanging))
                            .toString()));
        }
    }

    /** Returns the stack traces; threads with the same trace are counted together. */
    private static String stacks(List<Thread> threads) {
        Map<String, Long> stacks = threads.stream()
                .collect(Collectors.groupingBy(ThreadPoolMonitor::stack, TreeMap::new, Collectors.counting()));
        return stacks.entrySet().stream()
                .map(stack -> "\n" + stack.getValue() + " x" + stack.getKey())
                .collect(Collectors.joining());
    }

    private static String stack(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .limit(FRAMES)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    /** Logs on a platform thread. The caller may be a virtual thread, and the threads of this pool have no room. */
    private void say(Runnable warning) {
        if (Thread.currentThread().isVirtual()) {
            quietly(() -> Thread.ofPlatform()
                    .daemon()
                    .name(name + " watch")
                    .inheritInheritableThreadLocals(false)
                    .start(() -> quietly(warning)));
        } else {
            quietly(warning);
        }
    }

    /** Ignores exceptions, since a log entry must end no thread and no task. */
    private static void quietly(Runnable note) {
        try {
            note.run();
        } catch (Throwable e) {
            // Nothing is left to report it with.
        }
    }
}
