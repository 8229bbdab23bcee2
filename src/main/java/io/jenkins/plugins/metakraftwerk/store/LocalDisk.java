package io.jenkins.plugins.metakraftwerk.store;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The disk of this machine. An interrupt ends no call, since an aborted thread must not leave a file half written. */
public final class LocalDisk implements Disk {

    private static final boolean WINDOWS = File.separatorChar == '\\';

    private static final Pattern REASON = Pattern.compile("\\(([^()]+)\\)$");

    /** A call that is repeated after an interrupt has ended it. */
    private interface Call<T> {
        T run() throws IOException;
    }

    @Override
    public InputStream open(Path file) throws IOException {
        try {
            // A stream that ignores interrupts.
            return new FileInputStream(file.toFile());
        } catch (FileNotFoundException e) {
            if (Files.notExists(file)) {
                throw new NoSuchFileException(file.toString());
            }
            throw new FileSystemException(file.toString(), null, reason(e.getMessage()));
        }
    }

    /** Returns the words of the operating system. Java puts them into brackets after the path. */
    private static String reason(String message) {
        Matcher reason = REASON.matcher(String.valueOf(message));
        return reason.find() ? reason.group(1) : message;
    }

    @Override
    public long size(Path file) throws IOException {
        return Files.size(file);
    }

    @Override
    public void append(Path file, byte[] bytes) throws IOException {
        write(file, bytes, true);
    }

    @Override
    public void truncate(Path file, long size) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                return channel.truncate(size);
            }
        });
    }

    @Override
    public void force(Path file) throws IOException {
        force(file, StandardOpenOption.WRITE);
    }

    /** On Windows a folder cannot be opened, and the system does this by itself. */
    @Override
    public void forceName(Path file) throws IOException {
        if (!WINDOWS) {
            force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
        }
    }

    @Override
    public void replace(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".tmp");
        write(beside, bytes, false);
        force(beside, StandardOpenOption.WRITE);
        Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        forceName(file);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        // Not atomic, since an atomic move replaces a file that has the new name.
        Files.move(from, to);
        forceName(to);
    }

    /** Uses a stream that ignores interrupts, since bytes must not be written twice. */
    private static void write(Path file, byte[] bytes, boolean append) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString());
        }
        try (FileOutputStream out = new FileOutputStream(file.toFile(), append)) {
            out.write(bytes);
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(file, option)) {
                channel.force(true);
                return null;
            }
        });
    }

    private static <T> T uninterrupted(Call<T> call) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return call.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
