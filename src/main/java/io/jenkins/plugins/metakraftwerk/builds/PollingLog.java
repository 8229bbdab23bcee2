package io.jenkins.plugins.metakraftwerk.builds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the trigger of a job did, the last {@value #MOST} times that it did something. May block, and never fails. */
@Restricted(NoExternalUse.class)
public final class PollingLog {

    private static final Logger LOGGER = Logger.getLogger(PollingLog.class.getName());

    static final int MOST = 200;

    /**
     * One time.
     *
     * @param time in milliseconds since 1970, and {@code next} when the next look was to be; null where that is not known
     */
    public record Entry(
            long time, List<String> lines, @CheckForNull Long next) {

        public Entry {
            lines = lines == null ? List.of() : BoundedText.sentences(lines);
        }

        @JsonIgnore
        public Date getDate() {
            return new Date(time);
        }

        public List<String> getLines() {
            return lines;
        }

        @JsonIgnore
        @CheckForNull
        public Date getNextDate() {
            return next == null ? null : new Date(next);
        }
    }

    private final Supplier<Path> folder;
    private final LinesFile file = new LinesFile(CurrentDisk.disk(), "metakraftwerk-polling.jsonl");

    /** The eldest first; null until the file was read. */
    private Deque<Entry> entries;

    /** The same, for those who only look; null where it was not read yet, or could not be. */
    private volatile List<Entry> shown;

    /** @param folder that of the job, where it is now */
    PollingLog(Supplier<Path> folder) {
        this.folder = folder;
    }

    synchronized void add(Entry entry) {
        boolean read = read();
        file.append(folder.get(), JsonLine.write(entry));
        if (read) {
            keep(entries, entry);
            shown = List.copyOf(entries);
            shorten();
        }
    }

    private void shorten() {
        if (file.length() <= 2L * MOST && !file.isLarge()) {
            return;
        }
        try {
            file.replace(
                    folder.get(), () -> entries.stream().map(JsonLine::write).toList());
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not shorten the polling log in " + folder.get());
        }
    }

    /** The newest first; where the file cannot be read, what has been noted since. */
    List<Entry> newest() {
        List<Entry> now = shown;
        List<Entry> newest = new ArrayList<>(now == null ? look() : now);
        Collections.reverse(newest);
        return newest;
    }

    private synchronized List<Entry> look() {
        if (read()) {
            return shown;
        }
        Deque<Entry> since = new ArrayDeque<>();
        take(file.waiting(), since);
        return List.copyOf(since);
    }

    /** What is wrong with the file, as far as that is known. Does not block. */
    Optional<LinesFile.Problem> problem() {
        return file.problem();
    }

    private boolean read() {
        if (entries == null) {
            try {
                Deque<Entry> read = new ArrayDeque<>();
                take(file.read(folder.get(), PollingLog::isEntry), read);
                entries = read;
                shown = List.copyOf(read);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Still cannot read the polling log in " + folder.get());
            }
        }
        return entries != null;
    }

    private static boolean isEntry(String line) {
        return JsonLine.read(line, Entry.class).isPresent();
    }

    private static void take(List<String> lines, Deque<Entry> all) {
        lines.forEach(line -> JsonLine.read(line, Entry.class).ifPresent(entry -> keep(all, entry)));
    }

    private static void keep(Deque<Entry> all, Entry entry) {
        all.add(entry);
        if (all.size() > MOST) {
            all.remove();
        }
    }
}
