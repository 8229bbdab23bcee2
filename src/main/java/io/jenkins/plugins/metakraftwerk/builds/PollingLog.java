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

/** Log of the last {@value #MOST} actions of the trigger of a job. Its methods may block, and never fail. */
@Restricted(NoExternalUse.class)
public final class PollingLog {

    private static final Logger LOGGER = Logger.getLogger(PollingLog.class.getName());

    static final int MOST = 200;

    /**
     * Entry of the log.
     *
     * @param time in milliseconds since 1970
     * @param next time of the next poll, in milliseconds since 1970; null if unknown
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

    /** Oldest first. Null until the file was read. */
    private Deque<Entry> entries;

    /** Copy for readers, who take no lock. Null if the file was not read yet, or cannot be read. */
    private volatile List<Entry> shown;

    /** @param folder returns the current folder of the job */
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

    /** Returns the entries, newest first. If the file cannot be read, those that were noted since. */
    List<Entry> newest() {
        List<Entry> now = shown;
        List<Entry> newest = new ArrayList<>(now == null ? readNewest() : now);
        Collections.reverse(newest);
        return newest;
    }

    private synchronized List<Entry> readNewest() {
        if (read()) {
            return shown;
        }
        Deque<Entry> since = new ArrayDeque<>();
        take(file.waiting(), since);
        return List.copyOf(since);
    }

    /** Returns the known problem of the file. Does not block. */
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
