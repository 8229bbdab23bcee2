package io.jenkins.plugins.metakraftwerk.config;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Puts the waits of the plugin, in a running Jenkins, into the hands of a test until it is closed. */
public final class PluginTime implements Timing, AutoCloseable {

    private record Wait(Duration length, CompletableFuture<Void> over) {}

    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private final Timing real = Surroundings.replaceTiming(this);

    @Override
    public Instant now() {
        return real.now();
    }

    @Override
    public Duration uptime() {
        return real.uptime();
    }

    @Override
    public CompletableFuture<Void> after(Duration wait) {
        if (wait.isZero()) {
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

    /** Ends all waits of that length. */
    public void end(Duration length) {
        waits.stream()
                .filter(wait -> wait.length().equals(length))
                .forEach(wait -> wait.over().complete(null));
    }

    @Override
    public void close() {
        Surroundings.replaceTiming(real);
        waits.forEach(wait -> wait.over().complete(null));
    }
}
