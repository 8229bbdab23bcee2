package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Entries in a file, a line each, beside what they belong to. A file that cannot be read or written is told to the log; what
 * is to be noted then lasts as long as the process. For one thread at a time.
 */
public final class LinesFile {

    private static final Logger LOGGER = Logger.getLogger(LinesFile.class.getName());

    private final String name;

    /** Where it was when it was used last: jobs are moved. */
    private Path place;

    private JournalFile file;
    private long length = -1;

    public LinesFile(String name) {
        this.name = name;
    }

    private JournalFile in(Path folder) {
        Path now = folder.resolve(name);
        if (!now.equals(place)) {
            place = now;
            file = new JournalFile(now);
        }
        return file;
    }

    /** The lines as they are, damaged ones too. */
    public List<String> read(Path folder) {
        try {
            List<String> lines = in(folder).read();
            length = lines.size();
            return lines;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + file);
            length = Math.max(0, length);
            return List.of();
        }
    }

    /** Not where the folder was deleted meanwhile, which must not come back. */
    public void append(Path folder, String line) {
        if (length < 0) {
            // So that a line that a crash left unfinished is cut off first.
            read(folder);
        }
        try {
            if (Files.isDirectory(folder)) {
                in(folder).append(line);
                length++;
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note in " + file);
        }
    }

    /** In lines, of what was read or written last; negative before that. */
    public long length() {
        return length;
    }

    /** Puts other lines in the place of all, at once. */
    public void replace(Path folder, List<String> lines) {
        try {
            if (Files.isDirectory(folder)) {
                in(folder).replace(lines);
                length = lines.size();
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note in " + file);
        }
    }
}
