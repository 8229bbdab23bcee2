package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The virtual threads of the runs of one controller. They end when that stops, however long they would wait; since that is
 * no abort, nobody hears so, and nothing is noted. Requests and the reports of aborts end by themselves soon.
 */
public final class RunThreads {

    private final Map<Object, Thread> going = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** Lets a run go on, on its own thread. */
    <T> T go(Object run, ReadRetries.ReadCall<T> line) throws MetaKraftwerkException, InterruptedException {
        going.put(run, Thread.currentThread());
        try {
            if (stopped) {
                throw new InterruptedException();
            }
            return line.read();
        } finally {
            going.remove(run);
        }
    }

    /** Ends the waits of a run, if it goes on: not what its thread does afterwards. */
    void interrupt(Object run) {
        going.computeIfPresent(run, (any, thread) -> {
            thread.interrupt();
            return thread;
        });
    }

    /** The controller stops. */
    public void stop() {
        stopped = true;
        going.keySet().forEach(this::interrupt);
    }
}
