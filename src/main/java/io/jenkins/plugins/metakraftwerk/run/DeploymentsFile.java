package io.jenkins.plugins.metakraftwerk.run;

import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * branch of a Pipeline ends.
 */
final class DeploymentsFile {

    private static final Logger LOGGER = Logger.getLogger(DeploymentsFile.class.getName());
    private static final String NAME = "metakraftwerk-deployments.xml";

    /** Those that have something to save and have not begun to. */
    private static final Set<DeploymentsFile> WAITING = ConcurrentHashMap.newKeySet();

    private final Run<?, ?> run;
    private final SavesTogether saves = new SavesTogether();
    private volatile Supplier<List<RecordedDeployment>> content;
    private volatile boolean unreadable;

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

    private XmlFile file() {
        return new XmlFile(Run.XSTREAM2, new File(run.getRootDir(), NAME));
    }

    List<RecordedDeployment> read() {
        XmlFile file = file();
        if (!file.exists()) {
            return List.of();
        }
        List<RecordedDeployment> whole = new ArrayList<>();
        try {
            for (Object entry : (List<?>) file.read()) {
                if (entry instanceof RecordedDeployment deployment && deployment.isWhole()) {
                    whole.add(deployment);
                } else {
                    unreadable = true;
                }
            }
        } catch (IOException | ClassCastException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the deployments of " + run);
            unreadable = true;
        }
        return whole;
    }

    /** Off this thread, and one save for all that come while another is under way. */
    void saveSoon(Supplier<List<RecordedDeployment>> deployments) {
        content = deployments;
        WAITING.add(this);
        saves.ask(() -> CompletableFuture.runAsync(this::save, Threads.work()));
    }

    /** Saves at once whatever waits for its turn, since Jenkins ends. */
    static void saveAll() {
        WAITING.forEach(DeploymentsFile::save);
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
                keepUnreadable();
                file().write(new ArrayList<>(content.get()));
                makeKnown();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not save the deployments of " + run);
        }
    }

    private void makeKnown() throws IOException {
        if (!known) {
            Folders.save(run);
            known = true;
        }
    }

    /** What a newer version or a full disk has left there may be of use to somebody. */
    private void keepUnreadable() throws IOException {
        if (unreadable) {
            Path file = file().getFile().toPath();
            Files.move(
                    file,
                    file.resolveSibling(NAME + "." + System.currentTimeMillis() + ".unreadable"),
                    StandardCopyOption.REPLACE_EXISTING);
            unreadable = false;
        }
    }
}
