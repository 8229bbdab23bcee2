package io.jenkins.plugins.metakraftwerk.store;

import io.jenkins.plugins.metakraftwerk.client.Signal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Entries in a file, one per line, in the folder of the object that they belong to.
 * <ul>
 *   <li>Lines that cannot be written wait for the next use, or for the end of Jenkins.
 *   <li>A file that cannot be read does not count as empty.
 *   <li>A line that is not understood is put aside, once.
 * </ul>
 */
public final class LinesFile {

    private static final Logger LOGGER = Logger.getLogger(LinesFile.class.getName());

    /** More lines wait only if the disk is full or gone for long. */
    static final int MOST_WAITING = 2_000;

    /** Limit of the lines that are put aside at once, in characters. */
    private static final long MOST_ASIDE = 1024 * 1024;

    /** Files with lines that could not be written. */
    private static final Set<LinesFile> UNWRITTEN = ConcurrentHashMap.newKeySet();

    /**
     * Something that is wrong with a file.
     *
     * @param file its name
     * @param reason why it cannot be read; null if it can
     * @param aside lines that were put aside since this process began
     */
    public record Problem(String file, String reason, long aside) {}

    private final Disk disk;
    private final String name;
    private final boolean forced;

    /** Has its own lock. So a thread can add a line while another uses the disk, and the other writes it too. */
    private final LineQueue queue = new LineQueue(MOST_WAITING);

    /** The path of the last use, since jobs are moved. */
    private Path path;

    private JournalFile file;

    /** True if the log has been told that lines wait. */
    private boolean reported;

    private volatile String readFailure;
    private volatile long aside;

    public LinesFile(Disk disk, String name) {
        this(disk, name, true);
    }

    private LinesFile(Disk disk, String name, boolean forced) {
        this.disk = disk;
        this.name = name;
        this.forced = forced;
    }

    /**
     * Makes a file for entries that are also known from elsewhere. A line survives this process, but not always a loss
     * of power.
     */
    public static LinesFile unforced(Disk disk, String name) {
        return new LinesFile(disk, name, false);
    }

    private JournalFile fileIn(Path folder) {
        Path now = folder.resolve(name);
        if (!now.equals(path)) {
            path = now;
            file = new JournalFile(disk, now);
        }
        return file;
    }

    /**
     * Passes on all lines one after another, as they are, and then the waiting lines. A line may be too long, and then
     * nobody has to understand it.
     */
    public synchronized void forEach(Path folder, Consumer<String> each) throws IOException {
        try {
            fileIn(folder).read(each);
            readFailure = null;
            queue.lines().forEach(each);
            write();
        } catch (IOException | RuntimeException e) {
            if (readFailure == null) {
                LOGGER.log(Level.WARNING, e, () -> "Could not read " + file);
            }
            readFailure = FileTrouble.reasonOf(e);
            throw e;
        }
    }

    /** Returns all lines, or the newest if there are too many. */
    List<String> read(Path folder) throws IOException {
        LineLimits.NewestLines newest = new LineLimits.NewestLines();
        forEach(folder, newest::add);
        return newest.lines();
    }

    /** Returns the lines that are understood, or the newest of them if there are too many. Puts the others aside. */
    public synchronized List<String> read(Path folder, Predicate<String> understood) throws IOException {
        Predicate<String> isGood = line -> LineLimits.fits(line) && understood.test(line);
        LineLimits.NewestLines good = new LineLimits.NewestLines();
        // If the whole file is damaged, its end is enough for a person to see what it was.
        LineLimits.NewestLines bad = new LineLimits.NewestLines(MOST_ASIDE);
        long[] badLines = new long[1];
        forEach(folder, line -> {
            boolean isBad = !isGood.test(line);
            (isBad ? bad : good).add(line);
            // A blank line is no loss.
            badLines[0] += isBad && !line.isBlank() ? 1 : 0;
        });
        if (badLines[0] > 0) {
            putAside(bad.lines(), badLines[0], isGood);
        }
        return good.lines();
    }

    private void putAside(List<String> bad, long badLines, Predicate<String> isGood) {
        try {
            file.keepAside(bad);
            LineLimits.NewestLines good = new LineLimits.NewestLines();
            file.read(line -> {
                if (isGood.test(line)) {
                    good.add(line);
                }
            });
            file.replace(good.lines());
            aside += badLines;
            LOGGER.warning(() -> badLines + " lines of " + file + " cannot be understood, and were put aside");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not put aside what cannot be understood of " + file);
        }
    }

    /** Returns the lines that wait to be written, the newest last. */
    public List<String> waiting() {
        return queue.lines();
    }

    /**
     * Appends a line, so that it survives a loss of power, except in an {@link #unforced} file. If it cannot be
     * written, it waits. If the folder was deleted, the line is dropped: the folder must not come back.
     */
    public void append(Path folder, String line) {
        Signal written = queue.add(
                line,
                () -> LOGGER.severe(
                        () -> "More is to be noted in " + folder.resolve(name) + " than can wait for it, and is lost"));
        synchronized (this) {
            fileIn(folder);
            if (!written.isGiven()) {
                write();
            }
        }
    }

    private void write() {
        LineQueue.Batch batch = queue.take();
        while (!batch.lines().isEmpty()) {
            try {
                file.append(batch.lines(), forced);
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINE, e, () -> "Its folder is gone: " + file);
            } catch (IOException | RuntimeException e) {
                failed(e);
                return;
            }
            queue.written(batch);
            batch = queue.take();
        }
        written();
    }

    private void failed(Exception failure) {
        UNWRITTEN.add(this);
        Level level = reported ? Level.FINE : Level.WARNING;
        LOGGER.log(level, failure, () -> "Could not note in " + file + "; it is tried again");
        reported = true;
    }

    private void written() {
        UNWRITTEN.remove(this);
        reported = false;
    }

    /** Writes all lines that could not be written before, since Jenkins ends. May block. */
    public static void writeAll() {
        UNWRITTEN.forEach(LinesFile::writeAgain);
    }

    private synchronized void writeAgain() {
        write();
    }

    /** Returns the number of lines of the last read or write; negative before that. */
    public synchronized long length() {
        return file == null ? -1 : file.lines();
    }

    /** True if it has so many bytes that it must be shortened, with any number of lines. */
    public synchronized boolean isLarge() {
        return file != null && file.isLarge();
    }

    /**
     * Replaces all lines in one step. If that fails, nothing has changed.
     *
     * @param lines returns all lines to keep, also the waiting ones; asked for just before the write
     */
    public synchronized void replace(Path folder, Supplier<List<String>> lines) throws IOException {
        fileIn(folder);
        LineQueue.Batch batch = queue.takeAll();
        try {
            file.replace(LineLimits.newest(lines.get()));
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "Its folder is gone: " + file);
        }
        queue.written(batch);
        written();
    }

    /** Returns the problem of this file; empty if there is none. Does not block. */
    public Optional<Problem> problem() {
        String reason = readFailure;
        return reason == null && aside == 0 ? Optional.empty() : Optional.of(new Problem(name, reason, aside));
    }
}
