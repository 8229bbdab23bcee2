package io.jenkins.plugins.metakraftwerk.builds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.JournalFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the trigger of a job did, the last {@value #MOST} times that it did something. May block, and never fails. */
@Restricted(NoExternalUse.class)
public final class PollingLog {

    static final int MOST = 200;

    private static final Logger LOGGER = Logger.getLogger(PollingLog.class.getName());

    /**
     * One time.
     *
     * @param time in milliseconds since 1970, and {@code next} when the next look was to be; null where that is not known
     */
    public record Entry(
            long time, List<String> lines, @CheckForNull Long next) {

        public Entry {
            lines = lines == null ? List.of() : List.copyOf(lines);
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

    private final Supplier<Path> place;

    /** The eldest first; null until the file was read. */
    private Deque<Entry> entries;

    private int written;

    PollingLog(Supplier<Path> place) {
        this.place = place;
    }

    synchronized void add(Entry entry) {
        read();
        entries.add(entry);
        if (entries.size() > MOST) {
            entries.remove();
        }
        try {
            if (++written > 2 * MOST) {
                new JournalFile(place.get())
                        .replace(entries.stream().map(JsonLine::write).toList());
                written = entries.size();
            } else {
                JournalFile file = new JournalFile(place.get());
                file.append(JsonLine.write(entry));
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write " + place.get());
        }
    }

    /** The newest first. */
    synchronized List<Entry> newest() {
        read();
        List<Entry> newest = new ArrayList<>(entries);
        Collections.reverse(newest);
        return newest;
    }

    private void read() {
        if (entries != null) {
            return;
        }
        entries = new ArrayDeque<>();
        try {
            for (String line : new JournalFile(place.get()).read()) {
                written++;
                JsonLine.read(line, Entry.class).ifPresent(entries::add);
                if (entries.size() > MOST) {
                    entries.remove();
                }
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + place.get());
        }
    }
}
