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

    static final ThreadFactory FACTORY = Thread.ofVirtual()
            .name("MetaKraftwerk line")
            .inheritInheritableThreadLocals(false)
            .factory();

    private static volatile Executor starter = line -> FACTORY.newThread(line).start();

    private VirtualThreads() {}

    /** Begins a line that nobody waits for. What it throws is lost. */
    public static void start(Runnable line) {
        starter.execute(line);
    }

    /**
     * Begins a line whose end others are told of who do not wait for it themselves. The end of the future, in whatever way,
     * interrupts the line. A line that is interrupted otherwise, since Jenkins stops, tells nobody of its end.
     *
     * @param executor ends the future, so that no virtual thread does what follows
     */
    public static <T> CompletableFuture<T> begin(Executor executor, Callable<T> line) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(() -> {
            Thread self = Thread.currentThread();
            result.whenComplete((value, failure) -> self.interrupt());
            if (!result.isDone()) {
                run(line, result, executor);
            }
        });
        return result;
    }

    /**
     * Does several things at the same time, and waits for all of them. An interrupt ends them, and so does the failure of
     * one, once those before it have ended.
     */
    public static <T> List<T> together(List<ReadRetries.ReadCall<T>> lines)
            throws MetaKraftwerkException, InterruptedException {
        var begun = lines.stream().map(line -> begin(Runnable::run, line::read)).toList();
        try {
            List<T> ends = new ArrayList<>();
            for (var line : begun) {
                ends.add(VirtualThreadWaits.await(line));
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
        } catch (InterruptedException e) {
            return;
        } catch (Throwable e) {
            end = () -> result.completeExceptionally(e);
        }
        try {
            executor.execute(end);
        } catch (RuntimeException | Error e) {
            // Whatever follows is not for a virtual thread either.
            BoundedThreadPool.threads("MetaKraftwerk end").newThread(end).start();
        }
    }

    /** For tests, which own their threads. */
    static void replace(Executor other) {
        starter = other;
    }
}
