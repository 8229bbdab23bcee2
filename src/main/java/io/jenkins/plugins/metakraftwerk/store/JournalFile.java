package io.jenkins.plugins.metakraftwerk.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A file of lines in UTF-8, to which whole lines are appended. A crash or a full disk may leave an unfinished line. It
 * is cut off before the next append, since it could be taken for a line or swallow the next one. For one thread at a
 * time.
 */
public final class JournalFile {

    /** Suffix of the file for content that is put aside. */
    static final String ASIDE = ".unreadable";

    private final Disk disk;
    private final Path file;

    /** The bytes and the number of the complete lines; negative while unknown. */
    private long whole = -1;

    private long lines = -1;

    /** True if there may be bytes beyond the complete lines. */
    private boolean torn;

    /** True if the name of the file is known to survive a loss of power. */
    private boolean nameForced;

    public JournalFile(Disk disk, Path file) {
        this.disk = disk;
        this.file = file;
    }

    /** Returns all complete lines, or the newest if there are too many; empty if there is no file yet. */
    public List<String> read() throws IOException {
        LineLimits.NewestLines newest = new LineLimits.NewestLines(LineLimits.MOST_OF_FILE);
        read(newest::add);
        return newest.lines();
    }

    /** Passes on all complete lines, one after another. A line that is too long is cut as {@link LineScanner} says. */
    public void read(Consumer<String> each) throws IOException {
        LineScanner scan = new LineScanner(each);
        try (InputStream in = disk.open(file)) {
            scan.read(in);
        } catch (NoSuchFileException e) {
            // No file means no lines.
            scan = new LineScanner(each);
        }
        whole = scan.whole();
        torn = scan.torn();
        lines = scan.lines();
    }

    /**
     * Appends lines, so that they survive a loss of power. If that fails, none of them is in the file, or no reader
     * sees them.
     */
    public void append(List<String> added) throws IOException {
        append(added, true);
    }

    /** @param forced true if they must survive a loss of power, false if only the end of this process */
    void append(List<String> added, boolean forced) throws IOException {
        if (whole < 0) {
            read(line -> {});
        }
        if (torn) {
            cut();
        } else {
            // Somebody may have put another file in its place.
            whole = size();
        }
        byte[] bytes = bytes(added);
        torn = true;
        try {
            disk.append(file, bytes);
            if (forced) {
                forceAll();
            }
        } catch (IOException | RuntimeException e) {
            try {
                cut();
            } catch (IOException | RuntimeException later) {
                e.addSuppressed(later);
            }
            throw e;
        }
        torn = false;
        whole += bytes.length;
        lines += added.size();
    }

    /** Makes the lines that were read survive a loss of power. */
    void force() throws IOException {
        if (whole > 0) {
            forceAll();
        }
    }

    private void forceAll() throws IOException {
        disk.force(file);
        if (!nameForced) {
            disk.forceName(file);
            nameForced = true;
        }
    }

    private void cut() throws IOException {
        try {
            disk.truncate(file, whole);
        } catch (NoSuchFileException e) {
            whole = 0;
        }
        torn = false;
    }

    private long size() throws IOException {
        try {
            return disk.size(file);
        } catch (NoSuchFileException e) {
            nameForced = false;
            return 0;
        }
    }

    /** Replaces all lines in one step. After a failure, the old lines or the new ones are there. */
    public void replace(List<String> others) throws IOException {
        byte[] bytes = bytes(others);
        whole = -1;
        disk.replace(file, bytes);
        whole = bytes.length;
        torn = false;
        nameForced = true;
        lines = others.size();
    }

    /** Returns the number of lines, as far as this object knows; negative before it has read or written. */
    public long lines() {
        return lines;
    }

    /** True if it has so many bytes that it must be shortened, as far as this object knows. */
    public boolean isLarge() {
        return whole > LineLimits.MOST_OF_FILE;
    }

    /** Keeps lines in a file beside this one, for a person who may make sense of them. */
    void keepAside(List<String> others) throws IOException {
        new JournalFile(disk, aside(0)).append(others);
    }

    /** Renames the file, so that nobody reads it. */
    public void moveAside() throws IOException {
        for (int number = 0; ; number++) {
            try {
                disk.move(file, aside(number));
                break;
            } catch (FileAlreadyExistsException e) {
                if (number == 999) {
                    throw e;
                }
            }
        }
        whole = -1;
        lines = -1;
        nameForced = false;
    }

    private Path aside(int number) {
        return file.resolveSibling(file.getFileName() + ASIDE + (number == 0 ? "" : "." + number));
    }

    private static byte[] bytes(List<String> lines) {
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> all.append(line).append('\n'));
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns its name without the path. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
