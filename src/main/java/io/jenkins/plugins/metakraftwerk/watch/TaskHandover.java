package io.jenkins.plugins.metakraftwerk.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Hands tasks to threads that may block. There is one waiting task for each key, so if all threads are stuck, the tasks
 * do not pile up. An Error ends the task and not the thread.
 */
final class TaskHandover {

    private final Executor executor;
    private final Consumer<Throwable> broken;
    private final Consumer<Throwable> refused;
    private final Set<Object> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param broken gets the failure of a task; may block
     * @param refused gets the reason why no thread takes a task; must not block
     */
    TaskHandover(Executor executor, Consumer<Throwable> broken, Consumer<Throwable> refused) {
        this.executor = executor;
        this.broken = broken;
        this.refused = refused;
    }

    /**
     * Hands over a task. Does not block.
     *
     * @return true if this task will run; false if one with the same key waits already, or no thread takes it
     */
    boolean soon(Object key, Runnable task) {
        if (!waiting.add(key)) {
            return false;
        }
        try {
            executor.execute(() -> {
                waiting.remove(key);
                guarded(task);
            });
            return true;
        } catch (RuntimeException | Error e) {
            waiting.remove(key);
            refused.accept(e);
            return false;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            broken.accept(e);
        }
    }
}
