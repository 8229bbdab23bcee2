package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** A signal that is given once, or never. Threads can wait for it or ask for it. */
public final class Signal {

    private final CompletableFuture<Void> come = new CompletableFuture<>();

    /** Returns a signal that is given already. */
    public static Signal given() {
        Signal past = new Signal();
        past.give();
        return past;
    }

    /**
     * Gives the signal, so that waiting threads go on. Does not block.
     *
     * @return true if it was not given before
     */
    public boolean give() {
        return come.complete(null);
    }

    public boolean isGiven() {
        return come.isDone();
    }

    /** Returns a future that completes with the signal. */
    public CompletableFuture<Void> future() {
        return come.copy();
    }

    /** Waits without a time limit. For virtual threads. */
    public void await() throws InterruptedException {
        VirtualThreadWaits.awaitOne(come, come);
    }

    /**
     * Waits for a limited time. For virtual threads.
     *
     * @return true if it was given in time
     * @throws RejectedExecutionException if the timer has no room for one more wait
     */
    public boolean within(Timing timing, Duration most) throws InterruptedException {
        return VirtualThreadWaits.within(timing, most, come);
    }

    /** Waits for the first of several signals, as {@link #within} does. */
    public static boolean any(Timing timing, Duration most, Signal... moments) throws InterruptedException {
        var several = Stream.of(moments).map(moment -> moment.come).toArray(CompletableFuture[]::new);
        return VirtualThreadWaits.within(timing, most, CompletableFuture.anyOf(several));
    }

    /**
     * Waits for a limited time, which nothing interrupts. For platform threads. Does not wait if the timer has no room
     * for one more wait.
     *
     * @return true if it was given in time
     */
    public boolean isSoon(Timing timing, Duration most) {
        CompletableFuture<Void> over;
        try {
            over = timing.after(most);
        } catch (RejectedExecutionException e) {
            return isGiven();
        }
        CompletableFuture.anyOf(come, over).join();
        over.cancel(false);
        return isGiven();
    }
}
