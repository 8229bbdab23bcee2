package io.jenkins.plugins.metakraftwerk.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs tasks one after another, in their order, on an executor that many share. At most one of its tasks is there at a
 * time. A task is refused if the shared executor refuses it; every other task is run.
 */
public final class SerialExecutor implements Executor {

    private static final Logger LOGGER = Logger.getLogger(SerialExecutor.class.getName());

    private final Executor shared;

    /** Guarded by this, like the field below. */
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    private boolean running;

    public SerialExecutor(Executor shared) {
        this.shared = shared;
    }

    /** @throws RuntimeException if the shared executor refuses the task, which then never runs */
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

    /** Hands on the next task. If no other thread takes it, this thread runs it, since it was accepted before. */
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

    /** Logs an exception of the task, so that it is not taken for a refusal. */
    private static void runSafely(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOGGER.log(Level.WARNING, "A task failed", e);
        }
    }
}
