package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The virtual threads of the runs of one controller. They end when that stops, however long they would wait; since that is
 * no abort, nobody hears so, and nothing is noted. Requests and the reports of aborts end by themselves soon.
 */
public final class RunThreads {

    private final Set<Thread> going = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** Lets a run go on, on its own thread. */
    <T> T go(Repeats.Reading<T> line) throws MetaKraftwerkException, InterruptedException {
        Thread self = Thread.currentThread();
        going.add(self);
        try {
            if (stopped) {
                throw new InterruptedException();
            }
            return line.read();
        } finally {
            going.remove(self);
        }
    }

    /** The controller stops. */
    public void stop() {
        stopped = true;
        going.forEach(Thread::interrupt);
    }
}
