package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.server.FileNotices;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * File of a build with a line for each end of an attempt; a later line of the same attempt replaces an earlier one.
 * Kept apart from the build's own file, which Jenkins writes anew each time that a branch of a Pipeline ends.
 */
final class DeploymentsFile {

    private static final Logger LOGGER = Logger.getLogger(DeploymentsFile.class.getName());

    static final String NAME = "metakraftwerk-deployments.jsonl";

    /** Files whose builds could not be saved with the first of their attempts. */
    private static final Set<DeploymentsFile> UNSAVED = ConcurrentHashMap.newKeySet();

    /** Line with the number of attempts that were dropped when the file was shortened. */
    private record LeftOut(int leftOut) {

        private static int parse(String line) {
            return JsonLine.read(line, LeftOut.class).map(LeftOut::leftOut).orElse(0);
        }
    }

    private final Run<?, ?> run;
    private final LinesFile file = LinesFile.unforced(CurrentDisk.disk(), NAME);

    /**
     * All attempts, or only those since the start if the file could not be read yet. Replaced under the lock of this.
     */
    private volatile KeptAttempts attempts = new KeptAttempts(0);

    private volatile boolean read;

    /** True if the stored build has the action, so that the file is found after a restart. */
    private final AtomicBoolean known;

    private DeploymentsFile(Run<?, ?> run, boolean stored) {
        this.run = run;
        read = !stored;
        known = new AtomicBoolean(stored);
    }

    /** Returns the file of a build that was not saved since it has attempts. */
    static DeploymentsFile ofNew(Run<?, ?> run) {
        return new DeploymentsFile(run, false);
    }

    static DeploymentsFile ofStored(Run<?, ?> run) {
        return new DeploymentsFile(run, true);
    }

    private Path folder() {
        return run.getRootDir().toPath();
    }

    /** Returns all attempts; only those since the start if the file cannot be read. May block. */
    KeptAttempts attempts() {
        if (!read) {
            readAgain();
        }
        return attempts;
    }

    /** Returns true if one of these attempts is known, may have been dropped, or cannot be read. May block. */
    boolean mayHave(Predicate<AttemptRecord> which) {
        KeptAttempts all = attempts();
        return !read || all.leftOut() > 0 || all.all().stream().anyMatch(which);
    }

    private synchronized void readAgain() {
        if (read) {
            return;
        }
        try {
            List<String> lines = file.read(
                    folder(),
                    line -> LeftOut.parse(line) > 0 || AttemptRecord.read(line).isPresent());
            KeptAttempts all =
                    new KeptAttempts(lines.stream().mapToInt(LeftOut::parse).sum());
            lines.forEach(line -> AttemptRecord.read(line).ifPresent(all::put));
            attempts.all().forEach(all::put);
            attempts = all;
            read = true;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Still cannot read the deployments of " + run);
        }
    }

    /**
     * Adds a line. If it cannot be written now, it waits for the next line or for the stop of Jenkins. May block.
     *
     * @return true if it is news; false if as much or more is known already
     */
    boolean put(AttemptRecord attempt) {
        boolean news;
        synchronized (this) {
            news = attempts().put(attempt);
        }
        if (news) {
            write(attempt);
        }
        return news;
    }

    /**
     * Replaces an unknown outcome, or one that a person has told, by the one that was found. If it cannot be written
     * now, it waits as in {@link #put}. May block.
     *
     * @return the attempt as it is now; empty if its outcome was known already
     */
    Optional<AttemptRecord> found(String owner, UnaryOperator<AttemptRecord> outcome) {
        Optional<AttemptRecord> after;
        synchronized (this) {
            after = attempts().get(owner).filter(AttemptRecord::mayBeOutdone).map(outcome);
            after.ifPresent(attempts::put);
        }
        after.ifPresent(this::write);
        return after;
    }

    private void write(AttemptRecord attempt) {
        file.append(folder(), JsonLine.write(attempt));
        shorten();
        makeKnown();
    }

    private void shorten() {
        if (read && (file.length() > 2L * KeptAttempts.MOST || file.isLarge())) {
            try {
                file.replace(folder(), this::lines);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "Could not shorten the deployments of " + run);
            }
        }
    }

    private List<String> lines() {
        return Stream.concat(
                        Stream.of(new LeftOut(attempts.leftOut()))
                                .filter(line -> line.leftOut() > 0)
                                .map(JsonLine::write),
                        attempts.all().stream().map(JsonLine::write))
                .toList();
    }

    private void makeKnown() {
        if (known.getAndSet(true)) {
            return;
        }
        try {
            BuildFolders.save(run);
            UNSAVED.remove(this);
        } catch (IOException | RuntimeException e) {
            known.set(false);
            UNSAVED.add(this);
            LOGGER.log(Level.WARNING, e, () -> "Could not save that " + run + " has deployed; it is tried again");
        }
    }

    /** Tries again to save the builds that could not be saved, since Jenkins stops. */
    static void saveAll() {
        UNSAVED.forEach(DeploymentsFile::makeKnown);
    }

    /** Returns messages about missing lines. */
    List<String> problems() {
        return file.problem().stream()
                .flatMap(problem -> FileNotices.forProblem(run.getFullDisplayName(), problem).stream())
                .toList();
    }
}
