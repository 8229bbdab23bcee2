package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The disk of the plugin in a running Jenkins, on which each force takes longer by so much. To be made before the Jenkins
 * of the benchmark. What Jenkins forces itself is as quick as ever.
 */
public final class SlowDisk implements Disk, AutoCloseable {

    private final Disk real = new LocalDisk();
    private final Disk before = CurrentDisk.replace(this);
    private final AtomicInteger forces = new AtomicInteger();
    private volatile Duration more = Duration.ZERO;

    public void slow(Duration longer) {
        more = longer;
        forces.set(0);
    }

    /** Since it was told last how slow it is. */
    public int forces() {
        return forces.get();
    }

    private void forced(int times) throws IOException {
        forces.addAndGet(times);
        try {
            TimeUnit.NANOSECONDS.sleep(more.multipliedBy(times).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void force(Path file) throws IOException {
        real.force(file);
        forced(1);
    }

    @Override
    public void forceName(Path file) throws IOException {
        real.forceName(file);
        forced(1);
    }

    /** The file and its folder. */
    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        real.replace(file, bytes);
        forced(2);
    }

    /** Its folder. */
    @Override
    public void move(Path from, Path to) throws IOException {
        real.move(from, to);
        forced(1);
    }

    @Override
    public InputStream open(Path file) throws IOException {
        return real.open(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return real.size(file);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        real.append(file, bytes);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        real.truncate(file, size);
    }

    @Override
    public void close() {
        CurrentDisk.replace(before);
    }
}
