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
 * Entries in a file, a line each, beside what they belong to. What cannot be written waits for the next use, or the end of
 * Jenkins; what cannot be read is not taken for empty; and a line that is not understood is put aside, once.
 */
public final class LinesFile {

    private static final Logger LOGGER = Logger.getLogger(LinesFile.class.getName());

    /** More only waits where the disk is full, or gone, for long. */
    static final int MOST_WAITING = 2_000;

    /** As much as is put aside at once, in characters. */
    private static final long MOST_ASIDE = 1024 * 1024;

    /** Those with lines that could not be written. */
    private static final Set<LinesFile> UNWRITTEN = ConcurrentHashMap.newKeySet();

    /**
     * What is wrong with a file.
     *
     * @param file its name
     * @param reason why it cannot be read; null where it can
     * @param aside how many lines were put aside since this process began
     */
    public record Problem(String file, String reason, long aside) {}

    private final Disk disk;
    private final String name;
    private final boolean forced;

    /** Has a lock of its own, so that whoever waits for the disk lets those write his line who have it. */
    private final LineQueue queue = new LineQueue(MOST_WAITING);

    /** Where it was when it was used last: jobs are moved. */
    private Path place;

    private JournalFile file;

    /** Whether it was said that lines wait. */
    private boolean said;

    private volatile String unread;
    private volatile long aside;

    public LinesFile(Disk disk, String name) {
        this(disk, name, true);
    }

    private LinesFile(Disk disk, String name, boolean forced) {
        this.disk = disk;
        this.name = name;
        this.forced = forced;
    }

    /** Of what is known otherwise too: a line survives this process, but not always a loss of power. */
    public static LinesFile unforced(Disk disk, String name) {
        return new LinesFile(disk, name, false);
    }

    private JournalFile in(Path folder) {
        Path now = folder.resolve(name);
        if (!now.equals(place)) {
            place = now;
            file = new JournalFile(disk, now);
        }
        return file;
    }

    /**
     * Tells all lines one after another, as they are, with those that wait; also one that is too long, which nobody has to
     * understand.
     */
    public synchronized void forEach(Path folder, Consumer<String> each) throws IOException {
        try {
            in(folder).read(each);
            unread = null;
            queue.lines().forEach(each);
            write();
        } catch (IOException | RuntimeException e) {
            if (unread == null) {
                LOGGER.log(Level.WARNING, e, () -> "Could not read " + file);
            }
            unread = FileTrouble.reasonOf(e);
            throw e;
        }
    }

    /** As {@link #forEach}: all of them, or the newest of too many. */
    List<String> read(Path folder) throws IOException {
        LineLimits.NewestLines newest = new LineLimits.NewestLines();
        forEach(folder, newest::add);
        return newest.lines();
    }

    /** The lines that are understood, or the newest of too many; the others are put aside. */
    public synchronized List<String> read(Path folder, Predicate<String> understood) throws IOException {
        Predicate<String> isGood = line -> LineLimits.fits(line) && understood.test(line);
        LineLimits.NewestLines good = new LineLimits.NewestLines();
        // Of a whole file of nonsense, the end is enough for whoever wonders what it was.
        LineLimits.NewestLines bad = new LineLimits.NewestLines(MOST_ASIDE);
        long[] count = new long[1];
        forEach(folder, line -> {
            boolean isBad = !isGood.test(line);
            (isBad ? bad : good).add(line);
            // Nobody misses a blank line.
            count[0] += isBad && !line.isBlank() ? 1 : 0;
        });
        if (count[0] > 0) {
            putAside(bad.lines(), count[0], isGood);
        }
        return good.lines();
    }

    private void putAside(List<String> bad, long count, Predicate<String> isGood) {
        try {
            file.keepAside(bad);
            LineLimits.NewestLines good = new LineLimits.NewestLines();
            file.read(line -> {
                if (isGood.test(line)) {
                    good.add(line);
                }
            });
            file.replace(good.lines());
            aside += count;
            LOGGER.warning(() -> count + " lines of " + file + " cannot be understood, and were put aside");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not put aside what cannot be understood of " + file);
        }
    }

    /** What waits to be written, the newest last. */
    public List<String> waiting() {
        return queue.lines();
    }

    /**
     * Adds a line, so that it survives a loss of power, unless this is {@link #unforced}, or waits. Not where the folder was
     * deleted meanwhile, which must not come back.
     */
    public void append(Path folder, String line) {
        Signal written = queue.add(
                line,
                () -> LOGGER.severe(
                        () -> "More is to be noted in " + folder.resolve(name) + " than can wait for it, and is lost"));
        synchronized (this) {
            in(folder);
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
        Level level = said ? Level.FINE : Level.WARNING;
        LOGGER.log(level, failure, () -> "Could not note in " + file + "; it is tried again");
        said = true;
    }

    private void written() {
        UNWRITTEN.remove(this);
        said = false;
    }

    /** Writes whatever could not be written, since Jenkins ends. May block. */
    public static void writeAll() {
        UNWRITTEN.forEach(LinesFile::writeAgain);
    }

    private synchronized void writeAgain() {
        write();
    }

    /** In lines, of what was read or written last; negative before that. */
    public synchronized long length() {
        return file == null ? -1 : file.lines();
    }

    /** Whether it has so many bytes that it is to be shortened, whatever the number of its lines. */
    public synchronized boolean isLarge() {
        return file != null && file.isLarge();
    }

    /**
     * Puts other lines in the place of all, at once. If it fails, nothing has changed.
     *
     * @param lines asked for what there is to know at that moment, with what waits to be written
     */
    public synchronized void replace(Path folder, Supplier<List<String>> lines) throws IOException {
        in(folder);
        LineQueue.Batch batch = queue.takeAll();
        try {
            file.replace(LineLimits.newest(lines.get()));
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "Its folder is gone: " + file);
        }
        queue.written(batch);
        written();
    }

    /** Empty where nothing is wrong with it. Does not block. */
    public Optional<Problem> problem() {
        String reason = unread;
        return reason == null && aside == 0 ? Optional.empty() : Optional.of(new Problem(name, reason, aside));
    }
}
