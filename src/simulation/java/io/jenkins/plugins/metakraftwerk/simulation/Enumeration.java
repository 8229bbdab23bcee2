package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Plays every schedule of one run with a given number of faults and crashes. */
final class Enumeration {

    private record Start(RunSetup setup, FaultScript script) {}

    private final int faults;
    private final int crashes;
    private final ConcurrentLinkedQueue<Start> starts = new ConcurrentLinkedQueue<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicReference<String> wrong = new AtomicReference<>();

    Enumeration(int faults, int crashes) {
        this.faults = faults;
        this.crashes = crashes;
    }

    /** Returns the error with its trace. Null if there is none. */
    String enumerate() throws InterruptedException {
        for (RunSetup setup : RunSetup.ALL) {
            FaultScript nothing = new FaultScript();
            take(setup, nothing);
            nothing.further(faults, crashes).forEach(script -> starts.add(new Start(setup, script)));
        }
        Thread[] threads = new Thread[Runtime.getRuntime().availableProcessors()];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(this::takeAll, "enumeration " + i);
            threads[i].setDaemon(true);
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return wrong.get();
    }

    private void takeAll() {
        try {
            for (Start start = starts.poll(); start != null && wrong.get() == null; start = starts.poll()) {
                Deque<FaultScript> open = new ArrayDeque<>(List.of(start.script()));
                while (!open.isEmpty() && wrong.get() == null) {
                    FaultScript script = open.pop();
                    take(start.setup(), script);
                    script.further(faults, crashes).forEach(open::push);
                }
            }
        } catch (RuntimeException | Error e) {
            wrong.compareAndSet(null, "The simulation broke: " + e);
        }
    }

    private void take(RunSetup setup, FaultScript script) {
        taken.incrementAndGet();
        if (!setup.play(script, false).witness.violations().isEmpty()) {
            // An error that does not happen again was a disturbance: see the explorer.
            World again = setup.play(script.again(), true);
            if (!again.witness.violations().isEmpty()) {
                wrong.compareAndSet(null, again.trace + "" + again.witness.violations());
            }
        }
    }

    String report() {
        return "A rule does not hold in every schedule with " + faults + " faults and " + crashes + " crashes:\n" + wrong;
    }

    long taken() {
        return taken.get();
    }
}
