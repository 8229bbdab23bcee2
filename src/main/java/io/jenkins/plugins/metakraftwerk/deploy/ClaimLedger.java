package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps claims across restarts in a file, a line each: the record, a space, the run that owns it. Without it, a run that
 * goes on after a restart could take the record of one that had ended before it.
 *
 * <p>A file that cannot be read or written is told to the log and otherwise does no harm: claims then last as long as
 * the process.
 */
final class ClaimLedger {

    private static final Logger LOGGER = Logger.getLogger(ClaimLedger.class.getName());

    private final Path file;

    ClaimLedger(Path file) {
        this.file = file;
    }

    /** The claims in their order, at most the last {@code most}; a longer file is cut to them. */
    Map<String, String> read(int most) {
        Map<String, String> claims = new LinkedHashMap<>();
        try {
            // Not as lines, since bytes that are no text would make all of it unreadable.
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - most), lines.size());
            for (String line : last) {
                int space = line.indexOf(' ');
                // A crash can leave the last line unfinished.
                if (space > 0 && space < line.length() - 1) {
                    claims.put(line.substring(0, space), line.substring(space + 1));
                }
            }
            // The next line must not be written to the end of an unfinished one.
            if (last.size() < lines.size() || !(text.isEmpty() || text.endsWith("\n"))) {
                replace(claims);
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "No claims yet in " + file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the claims in " + file);
        }
        return claims;
    }

    private void replace(Map<String, String> claims) throws IOException {
        List<String> lines = new ArrayList<>();
        claims.forEach((record, owner) -> lines.add(record + " " + owner));
        Path shorter = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(shorter, lines, StandardCharsets.UTF_8);
        Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING);
    }

    void append(String record, String owner) {
        try {
            Files.writeString(
                    file,
                    record + " " + owner + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note a claim in " + file);
        }
    }
}
