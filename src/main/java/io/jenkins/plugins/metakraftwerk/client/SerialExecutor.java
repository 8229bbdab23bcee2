package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs tasks one after another, in their order, on an executor that many share; one task at a time takes a thread. A task
 * is refused where the shared executor refuses it, and what was not refused is done.
 */
public final class SerialExecutor implements Executor {

    private static final Logger LOGGER = Logger.getLogger(SerialExecutor.class.getName());

    private final Executor shared;

    /** Guarded by this, as what is below. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private boolean running;

    public SerialExecutor(Executor shared) {
        this.shared = shared;
    }

    /** Fails where the shared executor does not take the task, which then never runs. */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (running) {
                waiting.add(task);
                return;
            }
            running = true;
        }
        try {
            shared.execute(() -> run(task));
        } catch (RuntimeException | Error e) {
            goOn();
            throw e;
        }
    }

    private void run(Runnable task) {
        try {
            runSafely(task);
        } finally {
            goOn();
        }
    }

    /** Hands on what comes next. Where no other thread takes it, this one does it: it was not refused. */
    private void goOn() {
        for (Runnable next = next(); next != null; next = next()) {
            Runnable task = next;
            try {
                shared.execute(() -> run(task));
                return;
            } catch (RuntimeException | Error e) {
                runSafely(task);
            }
        }
    }

    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }

    /** So that what it throws is not taken for a refusal. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "A task failed", e);
        }
    }
}
