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

/** Tells Jenkins' log what an administrator must know of some threads: that they are full or stuck, or a task failed. */
final class ThreadPoolMonitor {

    /** A task that takes longer hangs. */
    static final Duration LONG = Duration.ofMinutes(5);

    /** How often the log hears that there is no room. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** As many as tell where a task is, and whose it is. */
    private static final int FRAMES = 20;

    private static final Logger LOGGER = Logger.getLogger(ThreadPoolMonitor.class.getName());

    private final String name;
    private final Supplier<Duration> uptime;

    /** Since when each thread has had its task. */
    private final Map<Thread, Duration> busy = new ConcurrentHashMap<>();

    private final AtomicBoolean saidStuck = new AtomicBoolean();
    private final AtomicReference<Duration> saidFull = new AtomicReference<>();

    /** @param uptime the time that nobody sets */
    ThreadPoolMonitor(String name, Supplier<Duration> uptime) {
        this.name = name;
        this.uptime = uptime;
    }

    void begins(Thread thread) {
        quietly(() -> busy.put(thread, uptime.get()));
    }

    void ended(Thread thread) {
        busy.remove(thread);
        saidStuck.set(false);
    }

    /** Does a task, whose thread is to outlive whatever it throws. */
    void guard(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            quietly(() -> LOGGER.log(
                    Level.WARNING, e, () -> Text.forKey("pool.failed", name).toString()));
        }
    }

    /** There is no room for a task. Said once a minute. */
    void full(int waiting) {
        Duration now = uptime.get();
        Duration last = saidFull.get();
        boolean due = last == null || now.minus(last).compareTo(PAUSE) >= 0;
        if (due && saidFull.compareAndSet(last, now)) {
            long oldest = now.minus(oldest(now)).toSeconds();
            say(() -> LOGGER.warning(
                    () -> Text.forKey("pool.full", name, waiting, oldest).toString()));
        }
    }

    private Duration oldest(Duration now) {
        return busy.values().stream().min(Duration::compareTo).orElse(now);
    }

    /** Tasks wait. Where all threads have had the same tasks for long, what they do is said, once until one has ended. */
    void waiting(int waiting, int threads) {
        if (saidStuck.get() || busy.size() < threads) {
            return;
        }
        Duration now = uptime.get();
        List<Thread> hanging = busy.entrySet().stream()
                .filter(task -> now.minus(task.getValue()).compareTo(LONG) > 0)
                .map(Map.Entry::getKey)
                .toList();
        if (hanging.size() >= threads && saidStuck.compareAndSet(false, true)) {
            say(() -> LOGGER.warning(
                    () -> Text.forKey("pool.stuck", name, threads, LONG.toMinutes(), waiting, stacks(hanging))
                            .toString()));
        }
    }

    /** What threads are doing, those that do the same together. */
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

    /** On no virtual thread: whoever hands over a task may be one, and these threads have no room. */
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

    /** What is only said, or noted to be said, must cost no thread and no task. */
    private static void quietly(Runnable note) {
        try {
            note.run();
        } catch (Throwable e) {
            // There is nothing left to say it with.
        }
    }
}
