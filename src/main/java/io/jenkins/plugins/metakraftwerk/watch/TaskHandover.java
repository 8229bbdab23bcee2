package io.jenkins.plugins.metakraftwerk.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Hands things over to threads that may block, each thing once until it is done: where all threads hang, no more waits
 * than there are things to do. An Error ends the thing that it hits, and no thread.
 */
final class TaskHandover {

    private final Executor work;
    private final Consumer<Throwable> broken;
    private final Consumer<Throwable> refused;
    private final Set<Object> waiting = ConcurrentHashMap.newKeySet();

    /**
     * @param broken hears what a thing has ended with; may block
     * @param refused hears why no thread takes a thing; must not block
     */
    TaskHandover(Executor work, Consumer<Throwable> broken, Consumer<Throwable> refused) {
        this.work = work;
        this.broken = broken;
        this.refused = refused;
    }

    /**
     * Does not block.
     *
     * @return whether it will be done for this call, and not for one before, or not at all
     */
    boolean soon(Object what, Runnable task) {
        if (!waiting.add(what)) {
            return false;
        }
        try {
            work.execute(() -> {
                waiting.remove(what);
                guarded(task);
            });
            return true;
        } catch (RuntimeException | Error e) {
            waiting.remove(what);
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
