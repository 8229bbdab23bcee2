package io.jenkins.plugins.metakraftwerk.deploy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs tasks one after another, in their order, on an executor that many share; one task at a time takes a thread. */
final class SerialExecutor implements Executor {

    private static final Logger LOGGER = Logger.getLogger(SerialExecutor.class.getName());

    private final Executor shared;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    SerialExecutor(Executor shared) {
        this.shared = shared;
    }

    /** Fails where the shared executor does not take the task, which then never runs. */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            shared.execute(this::runOne);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                tasks.remove(task);
                running = false;
            }
            throw e;
        }
    }

    private void runOne() {
        boolean more = true;
        while (more) {
            Runnable task;
            synchronized (this) {
                task = tasks.remove();
            }
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, "A task failed; those that wait for it go on", e);
            }
            synchronized (this) {
                more = !tasks.isEmpty();
                running = more;
            }
            // Where nobody takes what waits, it goes on here.
            more = more && !handsOver();
        }
    }

    private boolean handsOver() {
        try {
            shared.execute(this::runOne);
            return true;
        } catch (RuntimeException | Error e) {
            return false;
        }
    }
}
