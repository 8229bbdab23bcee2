package io.jenkins.plugins.metakraftwerk.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

/** What comes once, if ever: threads wait for it, or look whether it has; nothing follows it by itself. */
public final class Signal {

    private final CompletableFuture<Void> come = new CompletableFuture<>();

    /** One that has come. */
    public static Signal given() {
        Signal past = new Signal();
        past.give();
        return past;
    }

    /**
     * Lets those go on who wait; does not block.
     *
     * @return whether it had not come before
     */
    public boolean give() {
        return come.complete(null);
    }

    public boolean isGiven() {
        return come.isDone();
    }

    /** The same for those who wait for futures. */
    public CompletableFuture<Void> future() {
        return come.copy();
    }

    /** Lets a virtual thread wait for as long as it takes. */
    public void await() throws InterruptedException {
        VirtualThreadWaits.awaitOne(come, come);
    }

    /**
     * Lets a virtual thread wait for a while at most.
     *
     * @return whether it came in time
     * @throws RejectedExecutionException where so many wait already that there is no room for one more
     */
    public boolean within(Timing timing, Duration most) throws InterruptedException {
        return VirtualThreadWaits.within(timing, most, come);
    }

    /** As {@link #within}, for whichever of several comes first. */
    public static boolean any(Timing timing, Duration most, Signal... moments) throws InterruptedException {
        var several = Stream.of(moments).map(moment -> moment.come).toArray(CompletableFuture[]::new);
        return VirtualThreadWaits.within(timing, most, CompletableFuture.anyOf(several));
    }

    /**
     * Lets a platform thread wait for a while at most, which nothing interrupts; not at all, where so many wait already that
     * there is no room for one more.
     *
     * @return whether it came in time
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
