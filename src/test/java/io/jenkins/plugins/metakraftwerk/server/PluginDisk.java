package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.store.Disk;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The disk of the plugin in a running Jenkins, which fails when a test says so, until it is closed: a test may run as root,
 * whom no permission keeps from a file. To be made before the Jenkins of the test.
 */
public final class PluginDisk implements Disk, AutoCloseable {

    private final Disk real = new LocalDisk();
    private final Disk before = CurrentDisk.replace(this);
    private final Map<Path, Integer> reads = new ConcurrentHashMap<>();
    private volatile Predicate<Path> unreadable = file -> false;
    private volatile Predicate<Path> unwritable = file -> false;
    private volatile Predicate<Path> fatal = file -> false;

    /** From now on, files whose names begin so cannot be read. */
    public void failToRead(String names) {
        unreadable = file -> file.getFileName().toString().startsWith(names);
    }

    /** From now on, whoever reads files whose names begin so meets what nobody expects, such as a lack of memory. */
    public void breakDown(String names) {
        fatal = file -> file.getFileName().toString().startsWith(names);
    }

    /** From now on, nothing can be written to files whose names begin so. */
    public void failToWrite(String names) {
        unwritable = file -> file.getFileName().toString().startsWith(names);
    }

    /** How often each file was read whose name begins so. */
    public Map<Path, Integer> reads(String names) {
        return reads.entrySet().stream()
                .filter(file -> file.getKey().getFileName().toString().startsWith(names))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    public void work() {
        fatal = file -> false;
        unreadable = file -> false;
        unwritable = file -> false;
    }

    private void requireReadable(Path file) throws IOException {
        if (fatal.test(file)) {
            throw new OutOfMemoryError("said by the test");
        }
        if (unreadable.test(file)) {
            throw new IOException("Input/output error");
        }
    }

    private void requireWritable(Path file) throws IOException {
        if (unwritable.test(file)) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public InputStream open(Path file) throws IOException {
        requireReadable(file);
        reads.merge(file, 1, Integer::sum);
        return real.open(file);
    }

    @Override
    public long size(Path file) throws IOException {
        return real.size(file);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        requireWritable(file);
        real.append(file, bytes);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        real.truncate(file, size);
    }

    @Override
    public void force(Path file) throws IOException {
        real.force(file);
    }

    @Override
    public void forceName(Path file) throws IOException {
        real.forceName(file);
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        requireWritable(file);
        real.replace(file, bytes);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        real.move(from, to);
    }

    @Override
    public void close() {
        CurrentDisk.replace(before);
    }
}
