package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** The thread that writes to the disk of one life of a controller. */
final class Writer implements Executor {

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Executor slowly;

    Writer(Executor slowly) {
        this.slowly = slowly;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        slowly.execute(this::next);
    }

    private void next() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
        }
    }

    /** Writes all that waits, as before an orderly end. */
    void flush() {
        while (!tasks.isEmpty()) {
            next();
        }
    }

    boolean isIdle() {
        return tasks.isEmpty();
    }
}
