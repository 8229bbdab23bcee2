package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/**
 * Makes virtual threads for tasks that read and wait. They inherit no thread-locals, since the class loader of a build
 * would stay in memory for as long as a run waits. They keep no process alive.
 */
public final class VirtualThreads {

    static final ThreadFactory FACTORY = Thread.ofVirtual()
            .name("MetaKraftwerk line")
            .inheritInheritableThreadLocals(false)
            .factory();

    private static volatile Executor starter = task -> FACTORY.newThread(task).start();

    private VirtualThreads() {}

    /** Starts a task that nobody waits for. Its exception is lost. */
    public static void start(Runnable task) {
        starter.execute(task);
    }

    /**
     * Starts a task and returns its future. If the future ends in any way, the task is interrupted. A task that is
     * interrupted since Jenkins stops does not complete the future.
     *
     * @param executor completes the future, so that no virtual thread runs the code that follows
     */
    public static <T> CompletableFuture<T> begin(Executor executor, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(() -> {
            Thread self = Thread.currentThread();
            result.whenComplete((value, failure) -> self.interrupt());
            if (!result.isDone()) {
                run(task, result, executor);
            }
        });
        return result;
    }

    /**
     * Runs several tasks at the same time and waits for all of them. An interrupt ends them. The failure of one ends
     * the others, after those before it have ended.
     */
    public static <T> List<T> together(List<ReadRetries.ReadCall<T>> tasks)
            throws MetaKraftwerkException, InterruptedException {
        var futures =
                tasks.stream().map(task -> begin(Runnable::run, task::read)).toList();
        try {
            List<T> results = new ArrayList<>();
            for (var future : futures) {
                results.add(VirtualThreadWaits.await(future));
            }
            return results;
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
    }

    private static <T> void run(Callable<T> task, CompletableFuture<T> result, Executor executor) {
        Runnable completion;
        try {
            T value = task.call();
            completion = () -> result.complete(value);
        } catch (InterruptedException e) {
            return;
        } catch (Throwable e) {
            completion = () -> result.completeExceptionally(e);
        }
        try {
            executor.execute(completion);
        } catch (RuntimeException | Error e) {
            // The code that follows must not run on a virtual thread.
            BoundedThreadPool.threads("MetaKraftwerk end").newThread(completion).start();
        }
    }

    /** Replaces the starter in tests, which own their threads. */
    static void replace(Executor other) {
        starter = other;
    }
}
