package io.jenkins.plugins.metakraftwerk.run;

import com.google.common.collect.MapMaker;
import com.google.common.util.concurrent.Striped;
import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;

/**
 * Random id of a Jenkins build, independent of the name of its job. It is stored in a file in the folder of the build,
 * which moves with the job; a job that is made anew has none of it. Kept apart from the build's own file: each save of
 * that makes the stored program of a Pipeline count as old.
 */
final class JenkinsBuildId {

    static final String NAME = "metakraftwerk-build-id";

    /** Maximum number of bytes to read; an id has fewer. */
    private static final int MOST = 1024;

    private static final Logger LOGGER = Logger.getLogger(JenkinsBuildId.class.getName());
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Map<Run<?, ?>, String> KNOWN =
            new MapMaker().weakKeys().makeMap();

    /**
     * Locks by folder, since Jenkins may have two objects for a build. Not the lock of the build, which Jenkins holds
     * while it saves.
     */
    private static final Striped<Lock> LOCKS = Striped.lazyWeakLock(Integer.MAX_VALUE);

    private JenkinsBuildId() {}

    /**
     * Returns the id of a build, which is stored before. May block.
     *
     * @throws AbortException if the id can be neither read nor stored
     */
    static String forBuild(Run<?, ?> build) throws AbortException {
        String id = KNOWN.get(build);
        if (id == null) {
            id = find(build);
            KNOWN.put(build, id);
        }
        return id;
    }

    /** Returns the id of a build if it has one that can be read. May block. */
    static Optional<String> ifAny(Run<?, ?> build) {
        try {
            boolean any = KNOWN.containsKey(build)
                    || Files.exists(build.getRootDir().toPath().resolve(NAME));
            return any ? Optional.of(forBuild(build)) : Optional.empty();
        } catch (AbortException e) {
            LOGGER.log(Level.FINE, e, () -> "No id of " + build);
            return Optional.empty();
        }
    }

    private static String find(Run<?, ?> build) throws AbortException {
        while (true) {
            Path folder = build.getRootDir().toPath();
            Lock lock = LOCKS.get(folder);
            lock.lock();
            try {
                return readOrMake(folder.resolve(NAME));
            } catch (AbortException e) {
                // Tries again if the job was renamed meanwhile.
                if (folder.equals(build.getRootDir().toPath())) {
                    throw e;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private static String readOrMake(Path file) throws AbortException {
        try {
            String id = new String(CurrentDisk.disk().read(file, MOST), StandardCharsets.ISO_8859_1).strip();
            if (ID.matcher(id).matches()) {
                return id;
            }
        } catch (NoSuchFileException e) {
            return make(file);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read " + file);
            throw new AbortException(Messages.id_unreadable(relativePath(file), reason(file, e)));
        }
        throw new AbortException(Messages.id_damaged(relativePath(file)));
    }

    private static String make(Path file) throws AbortException {
        String id = UUID.randomUUID().toString();
        try {
            CurrentDisk.disk().replace(file, (id + "\n").getBytes(StandardCharsets.ISO_8859_1));
            return id;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write " + file);
            throw new AbortException(Messages.id_notStored(relativePath(file), reason(file, e)));
        }
    }

    /** Returns the path relative to the home of Jenkins, whose location readers of a log should not learn. */
    private static String relativePath(Path file) {
        Path home = Jenkins.get().getRootDir().toPath();
        return (file.startsWith(home) ? home.relativize(file) : file).toString().replace(File.separatorChar, '/');
    }

    private static String reason(Path file, IOException e) {
        return FileTrouble.reasonOf(e).replace(file.getParent() + File.separator, "");
    }
}
