package io.jenkins.plugins.metakraftwerk.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Time that passes only when the test lets it, or as soon as somebody waits. */
public final class VirtualTiming implements Timing {

    private record Wait(Instant due, Duration length, CompletableFuture<Void> over) {}

    private static final Instant BEGAN = Instant.parse("2025-06-01T12:00:00Z");

    private final List<Wait> waits = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private Instant now = BEGAN;
    private boolean automatic;

    /** From now on every wait is over at once, and the clock has moved by its length. */
    public synchronized VirtualTiming automatic() {
        automatic = true;
        return this;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Duration uptime() {
        return Duration.between(BEGAN, now);
    }

    @Override
    public synchronized CompletableFuture<Void> after(Duration length) {
        asked.add(length);
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (automatic) {
            now = now.plus(length);
            over.complete(null);
        } else {
            waits.add(new Wait(now.plus(length), length, over));
            notifyAll();
        }
        return over;
    }

    /** The same time, for those who want a clock. */
    public Clock clock() {
        return ((InstantSource) this::now).withZone(ZoneOffset.UTC);
    }

    /** The middle, so that waits are as long as they are on average. */
    @Override
    public double random() {
        return 0.5;
    }

    /** The lengths of all waits so far, in seconds. */
    public synchronized List<Double> seconds() {
        return asked.stream().map(length -> length.toMillis() / 1000.0).toList();
    }

    /** Whether nobody waits. */
    public synchronized boolean idle() {
        return waits.stream().allMatch(wait -> wait.over().isDone());
    }

    /** Returns the length of the shortest wait, once there is one. */
    public Duration awaitWait() {
        return first().length();
    }

    /** Returns once so many wait at the same time. */
    public synchronized void awaitWaits(int count) {
        await(() -> waits.stream().filter(wait -> !wait.over().isDone()).count() >= count);
    }

    /** Lets the shortest wait end, once there is one. */
    public Duration pass() {
        Wait first = first();
        advance(Duration.between(now(), first.due()));
        return first.length();
    }

    public void advance(Duration step) {
        List<Wait> due;
        synchronized (this) {
            now = now.plus(step);
            due = waits.stream().filter(wait -> !wait.due().isAfter(now)).toList();
            waits.removeAll(due);
        }
        due.forEach(wait -> wait.over().complete(null));
    }

    private synchronized Wait first() {
        await(() -> !idle());
        return waits.stream()
                .filter(wait -> !wait.over().isDone())
                .min(Comparator.comparing(Wait::due))
                .orElseThrow();
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Clients.LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("Nobody waits");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
