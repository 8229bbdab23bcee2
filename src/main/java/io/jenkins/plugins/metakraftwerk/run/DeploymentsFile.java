package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.Disk;
import io.jenkins.plugins.metakraftwerk.deploy.Trouble;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import io.jenkins.plugins.metakraftwerk.server.FileNotices;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The file in which the deployments of a build are kept. Not the build's own, which Jenkins writes anew each time that a
 * branch of a Pipeline ends. What cannot be saved is tried again with the next save, and when Jenkins stops; nothing is
 * written over a file that cannot be read.
 */
final class DeploymentsFile {

    private static final Logger LOGGER = Logger.getLogger(DeploymentsFile.class.getName());
    private static final String NAME = "metakraftwerk-deployments.xml";

    /** More only waits where the disk is full, or gone, for long. */
    private static final int MOST_WAITING = 10_000;

    /** In bytes: more than all that is kept of a build. What is longer is cut, and then not understood. */
    private static final int MOST = 64 * 1024 * 1024;

    /** Those that have something to save and have not begun to, or could not. */
    private static final Set<DeploymentsFile> WAITING = ConcurrentHashMap.newKeySet();

    private final Disk disk = Disks.disk();
    private final Run<?, ?> run;
    private final SavesTogether saves = new SavesTogether();
    private volatile Supplier<KeptAttempts.Stored> content;

    /** Why it cannot be read; null where it was. */
    private volatile String unread;

    /** Whether something in it is not understood, so that it is to be put aside. */
    private volatile boolean damaged;

    /** Whether the build on the disk knows that there is this file. */
    private boolean known;

    private DeploymentsFile(Run<?, ?> run, boolean known) {
        this.run = run;
        this.known = known;
    }

    /** Of a build that has not been saved since it has something to show. */
    static DeploymentsFile ofNew(Run<?, ?> run) {
        return new DeploymentsFile(run, false);
    }

    static DeploymentsFile ofStored(Run<?, ?> run) {
        return new DeploymentsFile(run, true);
    }

    private Path path() {
        return run.getRootDir().toPath().resolve(NAME);
    }

    /** What is there; nothing where {@link #isUnread it could not be read}. May block. */
    KeptAttempts.Stored read() {
        byte[] bytes;
        try {
            bytes = disk.read(path(), MOST);
            unread = null;
        } catch (NoSuchFileException e) {
            unread = null;
            return KeptAttempts.Stored.NOTHING;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(unread == null ? Level.WARNING : Level.FINE, e, () -> "Could not read " + path());
            unread = Trouble.reasonOf(e);
            return KeptAttempts.Stored.NOTHING;
        }
        return understood(bytes);
    }

    private KeptAttempts.Stored understood(byte[] bytes) {
        List<RecordedDeployment> whole = new ArrayList<>();
        int leftOut = 0;
        damaged = false;
        try {
            for (Object entry : (List<?>) Run.XSTREAM2.fromXML(new ByteArrayInputStream(bytes))) {
                if (entry instanceof RecordedDeployment deployment && deployment.isWhole()) {
                    whole.add(deployment);
                } else if (entry instanceof Integer count && count > 0) {
                    leftOut = count;
                } else {
                    damaged = true;
                }
            }
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not understand the deployments of " + run);
            damaged = true;
        }
        return new KeptAttempts.Stored(leftOut, whole);
    }

    /** Whether it is to be read again. */
    boolean isUnread() {
        return unread != null;
    }

    /** What is missing, in words. */
    List<String> problems() {
        String reason = unread;
        String where = run.getFullDisplayName();
        if (reason != null) {
            return List.of(FileNotices.unread(where, NAME, reason));
        }
        return damaged ? List.of(FileNotices.damaged(where, NAME)) : List.of();
    }

    /** Off this thread, and one save for all that come while another is under way. */
    void saveSoon(Supplier<KeptAttempts.Stored> deployments) {
        content = deployments;
        WAITING.add(this);
        saves.ask(() -> CompletableFuture.runAsync(this::save, Threads.work()));
    }

    /** Saves at once whatever waits for its turn, since Jenkins ends. */
    static void saveAll() {
        List.copyOf(WAITING).forEach(DeploymentsFile::save);
    }

    static boolean isAnyWaiting() {
        return !WAITING.isEmpty();
    }

    private synchronized void save() {
        // Before the content is taken: what comes meanwhile waits for the next save.
        if (!WAITING.remove(this)) {
            return;
        }
        try {
            if (Folders.exists(run)) {
                write(content.get());
                makeKnown();
            }
        } catch (NoSuchFileException e) {
            LOGGER.log(Level.FINE, e, () -> "Deleted meanwhile: " + run);
        } catch (IOException | RuntimeException e) {
            if (WAITING.size() < MOST_WAITING) {
                WAITING.add(this);
            }
            LOGGER.log(Level.WARNING, e, () -> "Could not save the deployments of " + run + "; it is tried again");
        }
    }

    private void write(KeptAttempts.Stored deployments) throws IOException {
        if (unread != null) {
            throw new IOException(unread);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<Object> entries = new ArrayList<>(deployments.attempts());
        if (deployments.leftOut() > 0) {
            entries.add(0, deployments.leftOut());
        }
        Run.XSTREAM2.toXMLUTF8(entries, bytes);
        if (damaged) {
            // What a newer version or a full disk has left there may be of use to somebody.
            disk.move(path(), path().resolveSibling(NAME + "." + System.currentTimeMillis() + ".unreadable"));
            damaged = false;
        }
        disk.replace(path(), bytes.toByteArray());
    }

    private void makeKnown() throws IOException {
        if (!known) {
            Folders.save(run);
            known = true;
        }
    }
}
