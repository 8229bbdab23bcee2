package io.jenkins.plugins.metakraftwerk.builds;

import com.fasterxml.jackson.annotation.JsonIgnore;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.LinesFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the trigger of a job did, the last {@value #MOST} times that it did something. May block, and never fails. */
@Restricted(NoExternalUse.class)
public final class PollingLog {

    static final int MOST = 200;

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

    private final Supplier<Path> folder;
    private final LinesFile file = new LinesFile("metakraftwerk-polling.jsonl");

    /** The eldest first; null until the file was read. */
    private Deque<Entry> entries;

    /** @param folder that of the job, where it is now */
    PollingLog(Supplier<Path> folder) {
        this.folder = folder;
    }

    synchronized void add(Entry entry) {
        read();
        keep(entry);
        file.append(folder.get(), JsonLine.write(entry));
        if (file.length() > 2L * MOST) {
            file.replace(folder.get(), entries.stream().map(JsonLine::write).toList());
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
        if (entries == null) {
            entries = new ArrayDeque<>();
            file.read(folder.get())
                    .forEach(line -> JsonLine.read(line, Entry.class).ifPresent(this::keep));
        }
    }

    private void keep(Entry entry) {
        entries.add(entry);
        if (entries.size() > MOST) {
            entries.remove();
        }
    }
}
