package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;

/**
 * Puts the waits of the plugin, in a running Jenkins, into the hands of a test until it is closed. Clocks go on as in
 * life; a wait that is held ends only when the test says so.
 */
public final class PluginTime implements Timing, AutoCloseable {

    /** Longer than all pauses between two looks, shorter than all limits of a call. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private record Wait(Duration length, CompletableFuture<Void> over) {}

    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private final Timing real;

    /** Waits from this length on are held. */
    private volatile Duration held;

    private volatile boolean refuses;
    private volatile boolean closed;

    /** By how much the clocks are ahead of those in life. */
    private volatile Duration skipped = Duration.ZERO;

    private PluginTime(Duration held) {
        this.held = held;
        real = Threads.replaceTiming(this);
    }

    /** Holds every wait. */
    public PluginTime() {
        this(Duration.ofNanos(1));
    }

    /** Holds the limits of calls, so that none of them ends because a machine is slow, and lets short pauses end. */
    public static PluginTime withoutLimits() {
        return new PluginTime(LONG);
    }

    /** Lets time pass; waits do not end by it. */
    public void skip(Duration time) {
        skipped = skipped.plus(time);
    }

    /** Holds every wait that begins from now on. */
    public void holdAll() {
        holdFrom(Duration.ofNanos(1));
    }

    /** Holds every wait of this length or more that begins from now on. */
    public void holdFrom(Duration length) {
        held = length;
    }

    /** From now on nobody can begin to wait, as where far too many do. */
    public void refuse() {
        refuses = true;
    }

    @Override
    public Instant now() {
        return real.now().plus(skipped);
    }

    @Override
    public Duration uptime() {
        return real.uptime().plus(skipped);
    }

    @Override
    public CompletableFuture<Void> after(Duration wait) {
        if (refuses && !closed) {
            throw new RejectedExecutionException("on purpose");
        }
        if (closed || wait.compareTo(held) < 0) {
            return real.after(wait);
        }
        CompletableFuture<Void> over = new CompletableFuture<>();
        waits.add(new Wait(wait, over));
        return over;
    }

    @Override
    public double random() {
        return real.random();
    }

    /** How long somebody waits now, each time. */
    public List<Duration> waiting() {
        return waits.stream()
                .filter(wait -> !wait.over().isDone())
                .map(Wait::length)
                .toList();
    }

    /** Ends all waits that are held; from now on, short ones end by themselves again. */
    public void goOn() {
        held = LONG;
        waits.forEach(wait -> wait.over().complete(null));
    }

    /** Ends all waits of that length. */
    public void end(Duration length) {
        waits.stream()
                .filter(wait -> wait.length().equals(length))
                .forEach(wait -> wait.over().complete(null));
    }

    /** Whoever waits now is gone, with a Jenkins that is over: these waits never end. */
    public void forget() {
        waits.clear();
    }

    @Override
    public void close() {
        closed = true;
        Threads.replaceTiming(real);
        waits.forEach(wait -> wait.over().complete(null));
    }
}
