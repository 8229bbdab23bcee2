package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Thread that writes to the disk in one life of a controller. */
final class DiskWriter implements Executor {

    /** Task with the time since when it waits. */
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

    /** Writes all that waits, as before an orderly stop. */
    void flush() {
        while (!tasks.isEmpty()) {
            next();
        }
    }

    /** Returns how long the oldest waiting task has waited. */
    long busyFor() {
        return tasks.isEmpty() ? 0 : scheduler.now() - tasks.peek().since();
    }
}
