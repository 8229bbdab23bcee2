package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of what reads from top to bottom and waits. They have no thread-locals of whoever starts them, since the
 * class loader of a build would hang on those for as long as a run waits; and they keep no process alive.
 */
public final class VirtualThreads {

    private static volatile ThreadFactory factory = Thread.ofVirtual()
            .name("MetaKraftwerk line")
            .inheritInheritableThreadLocals(false)
            .factory();

    private VirtualThreads() {}

    /** One that does this when it is started. What it throws is lost. */
    public static Thread unstarted(Runnable line) {
        return factory.newThread(line);
    }

    /**
     * Begins a line whose end others are told of who do not wait for it themselves. The end of the future, in whatever way,
     * interrupts the line.
     *
     * @param executor ends the future, so that no virtual thread does what follows
     */
    public static <T> CompletableFuture<T> begin(Executor executor, Callable<T> line) {
        CompletableFuture<T> result = new CompletableFuture<>();
        begin(executor, line, result);
        return result;
    }

    /** The same for a future that there is already. */
    public static <T> void begin(Executor executor, Callable<T> line, CompletableFuture<T> result) {
        Thread thread = unstarted(() -> {
            if (!result.isDone()) {
                run(line, result, executor);
            }
        });
        result.whenComplete((value, failure) -> {
            if (thread.isAlive()) {
                thread.interrupt();
            }
        });
        thread.start();
    }

    /**
     * Does several things at the same time, and waits for all of them. An interrupt ends them, and so does the failure of
     * one, once those before it have ended.
     */
    public static <T> List<T> together(List<Repeats.Reading<T>> lines)
            throws MetaKraftwerkException, InterruptedException {
        var begun = lines.stream().map(line -> begin(Runnable::run, line::read)).toList();
        try {
            List<T> ends = new ArrayList<>();
            for (var line : begun) {
                ends.add(Waits.of(line));
            }
            return ends;
        } finally {
            begun.forEach(line -> line.cancel(true));
        }
    }

    private static <T> void run(Callable<T> line, CompletableFuture<T> result, Executor executor) {
        Runnable end;
        try {
            T value = line.call();
            end = () -> result.complete(value);
        } catch (Throwable e) {
            end = () -> result.completeExceptionally(e);
        }
        try {
            executor.execute(end);
        } catch (RuntimeException | Error e) {
            // Nobody else goes on with it.
            end.run();
        }
    }

    /** For tests, which own their threads; answers what made them before. */
    static ThreadFactory replace(ThreadFactory other) {
        ThreadFactory before = factory;
        factory = other;
        return before;
    }
}
