package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.triggers.SafeTimerTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Who deployed what, where, and with which credential: a file that outlives builds and jobs, and a logger for those who
 * ship logs. The newest of {@value #FILES} files has no number; none is larger than 10 MiB, but for its last line.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class AuditLog {

    static final String NAME = "metakraftwerk-audit.jsonl";
    static final int FILES = 10;
    static final long MOST_BYTES = 10L * 1024 * 1024;

    private static final Logger AUDIT = Logger.getLogger("io.jenkins.plugins.metakraftwerk.audit");
    private static final Logger LOGGER = Logger.getLogger(AuditLog.class.getName());

    private final Path folder;
    private boolean warned;

    public AuditLog() {
        this(SafeTimerTask.getLogsRoot().toPath());
    }

    AuditLog(Path folder) {
        this.folder = folder;
    }

    @NonNull
    static AuditLog get() {
        return ExtensionList.lookupSingleton(AuditLog.class);
    }

    /** May block, and never fails: what cannot be noted is warned of once, and stops nobody. */
    void add(AuditLine line) {
        String text = line.toString();
        AUDIT.info(text);
        write(text + "\n");
    }

    private synchronized void write(String line) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(NAME);
            if (Files.exists(file) && Files.size(file) >= MOST_BYTES) {
                rotate();
            }
            Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            warned = false;
        } catch (IOException e) {
            if (!warned) {
                warned = true;
                LOGGER.log(Level.WARNING, e, () -> "Could not write to the audit log in " + folder);
            }
        }
    }

    private void rotate() throws IOException {
        for (int older = FILES - 2; older >= 0; older--) {
            Path file = file(older);
            if (Files.exists(file)) {
                Files.move(file, file(older + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path file(int number) {
        return folder.resolve(number == 0 ? NAME : NAME + "." + number);
    }
}
