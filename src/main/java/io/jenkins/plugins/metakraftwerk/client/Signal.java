package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** A signal that is given once, or never. Threads can wait for it or ask for it. */
public final class Signal {

    private final CompletableFuture<Void> completion = new CompletableFuture<>();

    /** Returns a signal that is given already. */
    public static Signal given() {
        Signal signal = new Signal();
        signal.give();
        return signal;
    }

    /**
     * Gives the signal, so that waiting threads go on. Does not block.
     *
     * @return true if it was not given before
     */
    public boolean give() {
        return completion.complete(null);
    }

    public boolean isGiven() {
        return completion.isDone();
    }

    /** Returns a future that completes with the signal. */
    public CompletableFuture<Void> future() {
        return completion.copy();
    }

    /** Waits without a time limit. For virtual threads. */
    public void await() throws InterruptedException {
        VirtualThreadWaits.awaitOne(completion, completion);
    }

    /**
     * Waits for a limited time. For virtual threads.
     *
     * @return true if it was given in time
     * @throws RejectedExecutionException if the timer has no room for one more wait
     */
    public boolean within(Timing timing, Duration most) throws InterruptedException {
        return VirtualThreadWaits.within(timing, most, completion);
    }

    /** Waits as {@link #within} does. If the timer has no room for one more wait, no time is left. */
    public boolean inTime(Timing timing, Duration most) throws InterruptedException {
        try {
            return within(timing, most);
        } catch (RejectedExecutionException e) {
            return isGiven();
        }
    }

    /** Waits for the first of several signals, as {@link #within} does. */
    public static boolean any(Timing timing, Duration most, Signal... signals) throws InterruptedException {
        var several = Stream.of(signals).map(signal -> signal.completion).toArray(CompletableFuture[]::new);
        return VirtualThreadWaits.within(timing, most, CompletableFuture.anyOf(several));
    }

    /**
     * Waits for a limited time, which nothing interrupts. For platform threads. Does not wait if the timer has no room
     * for one more wait.
     *
     * @return true if it was given in time
     */
    public boolean isSoon(Timing timing, Duration most) {
        CompletableFuture<Void> timeout;
        try {
            timeout = timing.after(most);
        } catch (RejectedExecutionException e) {
            return isGiven();
        }
        CompletableFuture.anyOf(completion, timeout).join();
        timeout.cancel(false);
        return isGiven();
    }
}
