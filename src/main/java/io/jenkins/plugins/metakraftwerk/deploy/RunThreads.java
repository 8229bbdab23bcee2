package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Virtual threads of the runs of one controller. They end when the controller stops, however long they would wait. A
 * stop is no abort: nobody is told, and nothing is noted. Requests and the reports of aborts end by themselves soon.
 */
public final class RunThreads {

    private final Map<Object, Thread> threadByRun = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** Runs the steps of a run on the current thread, which {@link #interrupt} can interrupt meanwhile. */
    <T> T go(Object run, ReadRetries.ReadCall<T> steps) throws MetaKraftwerkException, InterruptedException {
        threadByRun.put(run, Thread.currentThread());
        try {
            if (stopped) {
                throw new InterruptedException();
            }
            return steps.read();
        } finally {
            threadByRun.remove(run);
        }
    }

    /** Ends the waits of a run that is going. The thread itself may do more afterwards. */
    void interrupt(Object run) {
        threadByRun.computeIfPresent(run, (any, thread) -> {
            thread.interrupt();
            return thread;
        });
    }

    /** Ends all runs, since the controller stops. */
    public void stop() {
        stopped = true;
        threadByRun.keySet().forEach(this::interrupt);
    }
}
