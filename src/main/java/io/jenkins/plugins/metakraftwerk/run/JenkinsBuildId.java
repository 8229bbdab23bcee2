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
 * Which Jenkins build a build is, whatever its job is called: a random id in a file of its folder, which goes where the job
 * goes; a job that is made anew has none of it. Not in the build's own file: each save of that makes the stored program of a
 * Pipeline count as old.
 */
final class JenkinsBuildId {

    static final String NAME = "metakraftwerk-build-id";

    /** More bytes than an id has. */
    private static final int MOST = 1024;

    private static final Logger LOGGER = Logger.getLogger(JenkinsBuildId.class.getName());
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final Map<Run<?, ?>, String> KNOWN =
            new MapMaker().weakKeys().makeMap();

    /** By the folder, since Jenkins may have two objects for a build; not the build's own, which it holds while it saves. */
    private static final Striped<Lock> LOCKS = Striped.lazyWeakLock(Integer.MAX_VALUE);

    private JenkinsBuildId() {}

    /**
     * The id of a build, which is on the disk then. May block.
     *
     * @throws AbortException where it can be neither read nor stored
     */
    static String forBuild(Run<?, ?> build) throws AbortException {
        String id = KNOWN.get(build);
        if (id == null) {
            id = find(build);
            KNOWN.put(build, id);
        }
        return id;
    }

    /** The same, where it has one and that can be read. May block. */
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
                // Unless the job has just got another name.
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
            throw new AbortException(Messages.id_unreadable(shown(file), reason(file, e)));
        }
        throw new AbortException(Messages.id_damaged(shown(file)));
    }

    private static String make(Path file) throws AbortException {
        String id = UUID.randomUUID().toString();
        try {
            CurrentDisk.disk().replace(file, (id + "\n").getBytes(StandardCharsets.ISO_8859_1));
            return id;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not write " + file);
            throw new AbortException(Messages.id_notStored(shown(file), reason(file, e)));
        }
    }

    /** From the home of Jenkins on, whose place is nobody's business who reads a log. */
    private static String shown(Path file) {
        Path home = Jenkins.get().getRootDir().toPath();
        return (file.startsWith(home) ? home.relativize(file) : file).toString().replace(File.separatorChar, '/');
    }

    private static String reason(Path file, IOException e) {
        return FileTrouble.reasonOf(e).replace(file.getParent() + File.separator, "");
    }
}
