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
 * What a build remembers of its attempts: a line of a file for each end, of which a later one of the same attempt counts
 * instead of an earlier one. Not the build's own file, which Jenkins writes anew each time that a branch of a Pipeline ends.
 */
final class DeploymentsFile {

    private static final Logger LOGGER = Logger.getLogger(DeploymentsFile.class.getName());

    static final String NAME = "metakraftwerk-deployments.jsonl";

    /** Those whose builds could not be saved with the first of their attempts. */
    private static final Set<DeploymentsFile> UNKNOWN = ConcurrentHashMap.newKeySet();

    /** A line that says how many attempts there were besides, of a file that was shortened. */
    private record LeftOut(int leftOut) {

        private static int parse(String line) {
            return JsonLine.read(line, LeftOut.class).map(LeftOut::leftOut).orElse(0);
        }
    }

    private final Run<?, ?> run;
    private final LinesFile file = LinesFile.unforced(CurrentDisk.disk(), NAME);

    /** Where the file could not be read yet, what came since. Replaced under the lock of this. */
    private volatile KeptAttempts attempts = new KeptAttempts(0);

    private volatile boolean read;

    /** Whether the build on the disk knows that there is this file. */
    private final AtomicBoolean known;

    private DeploymentsFile(Run<?, ?> run, boolean stored) {
        this.run = run;
        read = !stored;
        known = new AtomicBoolean(stored);
    }

    /** Of a build that has not been saved since it has something to show. */
    static DeploymentsFile ofNew(Run<?, ?> run) {
        return new DeploymentsFile(run, false);
    }

    static DeploymentsFile ofStored(Run<?, ?> run) {
        return new DeploymentsFile(run, true);
    }

    private Path folder() {
        return run.getRootDir().toPath();
    }

    /** All that is known; where the file cannot be read, what came since. May block. */
    KeptAttempts attempts() {
        if (!read) {
            readAgain();
        }
        return attempts;
    }

    /** Whether one of these is known, or may be forgotten, or cannot be read. May block. */
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
     * Adds a line, which waits where it cannot be written now, for the next one or the stop of Jenkins. May block.
     *
     * @return whether it is news: not where more is known already
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
     * Puts what has become of an attempt in the place of its unknown outcome, or of a person's word. May block likewise.
     *
     * @return what is there now; empty where that is known already
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
            UNKNOWN.remove(this);
        } catch (IOException | RuntimeException e) {
            known.set(false);
            UNKNOWN.add(this);
            LOGGER.log(Level.WARNING, e, () -> "Could not save that " + run + " has deployed; it is tried again");
        }
    }

    /** Tries again to save the builds that could not be saved, since Jenkins ends. */
    static void saveAll() {
        UNKNOWN.forEach(DeploymentsFile::makeKnown);
    }

    /** What is missing, in words. */
    List<String> problems() {
        return file.problem().stream()
                .flatMap(problem -> FileNotices.forProblem(run.getFullDisplayName(), problem).stream())
                .toList();
    }
}
