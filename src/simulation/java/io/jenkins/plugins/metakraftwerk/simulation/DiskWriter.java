package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** The thread that writes to the disk of one life of a controller. */
final class DiskWriter implements Executor {

    /** What is to be done, and since when. */
    private record Task(Runnable what, long since) {}

    private final Deque<Task> tasks = new ArrayDeque<>();
    private final Executor slowly;
    private final Scheduler scheduler;

    DiskWriter(Executor slowly, Scheduler scheduler) {
        this.slowly = slowly;
        this.scheduler = scheduler;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(new Task(task, scheduler.now()));
        slowly.execute(this::next);
    }

    private void next() {
        Task task = tasks.poll();
        if (task != null) {
            task.what().run();
        }
    }

    /** Writes all that waits, as before an orderly end. */
    void flush() {
        while (!tasks.isEmpty()) {
            next();
        }
    }

    /** How long the eldest of what waits has done so. */
    long busyFor() {
        return tasks.isEmpty() ? 0 : scheduler.now() - tasks.peek().since();
    }
}
