package io.jenkins.plugins.metakraftwerk.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongUnaryOperator;

/** A disk in memory that is full, fails, and loses its power, when a test says so. */
public final class MemoryDisk implements Disk {

    public enum Op {
        READ,
        SIZE,
        APPEND,
        TRUNCATE,
        FORCE,
        REPLACE,
        MOVE
    }

    private final Map<Path, byte[]> files = new TreeMap<>();
    private final Map<Path, byte[]> forced = new TreeMap<>();
    private final Set<Op> failing = ConcurrentHashMap.newKeySet();
    private long room = Long.MAX_VALUE;
    private int forces;
    private volatile Runnable beforeForce = () -> {};

    /** From now on these fail, and nothing else does. */
    public void fail(Op... ops) {
        failing.clear();
        failing.addAll(ops.length == 0 ? Set.of() : EnumSet.copyOf(Arrays.asList(ops)));
    }

    /** So many bytes can still be written; what is more is not, and the rest is. */
    public synchronized void room(long bytes) {
        room = bytes;
    }

    /** What was not forced is lost from some byte on. @param kept how many bytes of so many are left */
    public synchronized void losePower(LongUnaryOperator kept) {
        files.replaceAll((file, bytes) -> {
            byte[] certain = forced.getOrDefault(file, new byte[0]);
            boolean longer = bytes.length > certain.length;
            return longer
                    ? Arrays.copyOf(bytes, certain.length + (int) kept.applyAsLong(bytes.length - certain.length))
                    : certain;
        });
        files.keySet().removeIf(file -> !forced.containsKey(file) && files.get(file).length == 0);
        forced.clear();
        forced.putAll(files);
    }

    /** What happens right before something is forced; without a lock, so it may take as long as it likes. */
    public void beforeForce(Runnable what) {
        beforeForce = what;
    }

    public synchronized int forces() {
        return forces;
    }

    public synchronized void put(Path file, byte[] bytes) {
        files.put(file, bytes.clone());
        forced.put(file, bytes.clone());
    }

    public void put(Path file, String text) {
        put(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null where there is no such file. */
    public synchronized String text(Path file) {
        byte[] bytes = files.get(file);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** What a loss of power would leave for certain; null where that is no file. */
    public synchronized String forcedText(Path file) {
        byte[] bytes = forced.get(file);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private void begin(Op op) throws IOException {
        if (failing.contains(op)) {
            throw new IOException("Input/output error");
        }
    }

    private byte[] get(Path file) throws IOException {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new NoSuchFileException(file.toString());
        }
        return bytes;
    }

    @Override
    public synchronized InputStream open(Path file) throws IOException {
        begin(Op.READ);
        return new ByteArrayInputStream(get(file));
    }

    @Override
    public synchronized long size(Path file) throws IOException {
        begin(Op.SIZE);
        return get(file).length;
    }

    @Override
    public synchronized void append(Path file, byte[] bytes) throws IOException {
        begin(Op.APPEND);
        int fits = (int) Math.min(room, bytes.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(files.getOrDefault(file, new byte[0]));
        all.write(bytes, 0, fits);
        files.put(file, all.toByteArray());
        use(fits);
        if (fits < bytes.length) {
            throw new IOException("No space left on device");
        }
    }

    private void use(int bytes) {
        room -= room == Long.MAX_VALUE ? 0 : bytes;
    }

    @Override
    public synchronized void truncate(Path file, long size) throws IOException {
        begin(Op.TRUNCATE);
        byte[] before = get(file);
        if (size < before.length) {
            files.put(file, Arrays.copyOf(before, (int) size));
        }
    }

    @Override
    public void force(Path file) throws IOException {
        beforeForce.run();
        begin(Op.FORCE);
        synchronized (this) {
            forces++;
            forced.put(file, get(file));
        }
    }

    @Override
    public synchronized void replace(Path file, byte[] bytes) throws IOException {
        begin(Op.REPLACE);
        if (bytes.length > room) {
            throw new IOException("No space left on device");
        }
        use(bytes.length);
        put(file, bytes);
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        begin(Op.MOVE);
        byte[] bytes = get(from);
        if (files.containsKey(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        files.remove(from);
        forced.remove(from);
        put(to, bytes);
    }
}
