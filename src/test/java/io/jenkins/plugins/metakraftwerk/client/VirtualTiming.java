package io.jenkins.plugins.metakraftwerk.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Time that passes only when the test lets it, or as soon as somebody waits; its clock can be set by hand. */
public final class VirtualTiming implements Timing {

    private record Wait(Duration due, Duration length, CompletableFuture<Void> over) {
        /** Not before whoever asked for it has also said what follows. */
        private boolean begun() {
            return !over.isDone() && over.getNumberOfDependents() > 0;
        }
    }

    private static final Instant BEGAN = Instant.parse("2025-06-01T12:00:00Z");

    private final List<Wait> waits = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private Duration uptime = Duration.ZERO;
    private Duration set = Duration.ZERO;
    private boolean automatic;
    private boolean stopped;
    private volatile double chance = 0.5;

    /** From now on every wait is over at once, and the time has moved by its length. */
    public synchronized VirtualTiming automatic() {
        automatic = true;
        return this;
    }

    /** From now on nobody can begin to wait, as when the timer has been shut down. */
    public synchronized void stop() {
        stopped = true;
    }

    /** The timer takes waits again. */
    public synchronized void goOn() {
        stopped = false;
    }

    /** What comes out of every throw of the dice. */
    public VirtualTiming chance(double always) {
        chance = always;
        return this;
    }

    @Override
    public synchronized Instant now() {
        return BEGAN.plus(uptime).plus(set);
    }

    @Override
    public synchronized Duration uptime() {
        return uptime;
    }

    /** Somebody sets the clock forward, or back by a negative change; no time passes. */
    public synchronized void setClock(Duration change) {
        set = set.plus(change);
    }

    @Override
    public synchronized CompletableFuture<Void> after(Duration length) {
        if (stopped) {
            throw new RejectedExecutionException("The timer has stopped");
        }
        asked.add(length);
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (automatic) {
            uptime = uptime.plus(length);
            over.complete(null);
        } else {
            waits.add(new Wait(uptime.plus(length), length, over));
            notifyAll();
        }
        return over;
    }

    /** The same time, for those who want a clock. */
    public Clock clock() {
        return ((InstantSource) this::now).withZone(ZoneOffset.UTC);
    }

    /** The middle if nothing else was said, so that waits are as long as they are on average. */
    @Override
    public double random() {
        return chance;
    }

    /** The lengths of all waits so far, in seconds. */
    public synchronized List<Double> seconds() {
        return asked.stream().map(length -> length.toMillis() / 1000.0).toList();
    }

    /** Whether nobody waits. */
    public synchronized boolean idle() {
        return waits.stream().allMatch(wait -> wait.over().isDone());
    }

    /** How many wait. */
    public synchronized long waiting() {
        return waits.stream().filter(Wait::begun).count();
    }

    /** Those who wait have died: their waits never end. */
    public synchronized void forget() {
        waits.clear();
    }

    /** Returns the length of the shortest wait, once there is one. */
    public Duration awaitWait() {
        return first().length();
    }

    /** Returns once so many wait at the same time. */
    public synchronized void awaitWaits(int count) {
        await(() -> waiting() >= count);
    }

    /** Lets the shortest wait end, once there is one. */
    public Duration pass() {
        Wait first = first();
        pass(first);
        return first.length();
    }

    /** Lets the shortest wait end, if there is one. */
    public void passIfAny() {
        shortest().ifPresent(this::pass);
    }

    /** The same, if it is shorter than that. */
    public void passIfShorter(Duration length) {
        shortest().filter(wait -> wait.length().compareTo(length) < 0).ifPresent(this::pass);
    }

    /** Lets the shortest wait end, while somebody waits for a shorter time than that, however little of it is left to others. */
    public void passIfAnyIsShorter(Duration length) {
        boolean any;
        synchronized (this) {
            any = waits.stream().anyMatch(wait -> wait.begun() && wait.length().compareTo(length) < 0);
        }
        if (any) {
            passIfAny();
        }
    }

    private void pass(Wait wait) {
        advance(wait.due().minus(uptime()));
    }

    public void advance(Duration step) {
        List<Wait> due;
        synchronized (this) {
            uptime = uptime.plus(step);
            due = waits.stream()
                    .filter(wait -> wait.due().compareTo(uptime) <= 0)
                    .toList();
            waits.removeAll(due);
        }
        due.forEach(wait -> wait.over().complete(null));
    }

    private synchronized Wait first() {
        AtomicReference<Wait> first = new AtomicReference<>();
        await(() -> {
            first.set(shortest().orElse(null));
            return first.get() != null;
        });
        return first.get();
    }

    private synchronized Optional<Wait> shortest() {
        waits.removeIf(wait -> wait.over().isDone());
        return waits.stream().filter(Wait::begun).min(Comparator.comparing(Wait::due));
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TestClients.LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Nobody waits");
            }
            try {
                wait(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
