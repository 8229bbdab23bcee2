package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Targets in a file and, once they were needed, in memory. For one thread at a time, except {@link #known} and {@link
 * #problem}.
 */
final class TargetsFile {

    private static final Logger LOGGER = Logger.getLogger(TargetsFile.class.getName());

    /** A file with fewer lines is not worth shortening. */
    private static final int FEW = 16;

    /** All attempts, oldest first. The file can be rebuilt from them. */
    interface Source {
        void forEach(Path folder, Consumer<HistoryLine> each) throws IOException;
    }

    private final LinesFile file;
    private final Source source;

    /** Null until the file was read. */
    private TargetLines targets;

    private volatile List<TargetLine> known;

    TargetsFile(String name, Source source) {
        file = LinesFile.unforced(CurrentDisk.disk(), name);
        this.source = source;
    }

    /** Returns the targets. If the file cannot be read, those that were noted since. */
    private TargetLines targets(Path folder) {
        if (targets != null) {
            return targets;
        }
        TargetLines all = new TargetLines();
        try {
            List<String> lines = file.read(folder, HistoryLine::isRead);
            if (lines.isEmpty() || file.problem().isPresent()) {
                all = rebuilt(folder, lines);
                rewriteIfNeeded(folder, all.asFiled());
            } else {
                addParsed(lines, all);
                all.keep(most());
            }
            targets = all;
            known = all.lines();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Still cannot read what is known of targets in " + folder);
            addParsed(file.waiting(), all);
        }
        return all;
    }

    /** Rebuilds the targets from the source and from what is left of the file, since the source may have been cut. */
    private TargetLines rebuilt(Path folder, List<String> left) {
        TargetLines all = fromSource(folder);
        addParsed(left, all);
        all.settle();
        all.keep(most());
        return all;
    }

    /** Returns no targets if the source cannot be read: half of them would look like all. */
    private TargetLines fromSource(Path folder) {
        TargetLines all = new TargetLines();
        int most = most();
        try {
            source.forEach(folder, line -> {
                all.add(line);
                all.keep(most);
            });
            return all;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not make anew what is known of targets in " + folder);
            return new TargetLines();
        }
    }

    private static void addParsed(List<String> lines, TargetLines all) {
        lines.stream().map(HistoryLine::read).flatMap(Optional::stream).forEach(all::add);
    }

    private static int most() {
        return MetaKraftwerkGlobalConfiguration.get().getHistoryTargets();
    }

    /** Returns all targets. Null if the file was not read yet, or cannot be read. Does not block. */
    List<TargetLine> known() {
        return known;
    }

    /** Returns the known problem of the file. Does not block. */
    Optional<LinesFile.Problem> problem() {
        return file.problem();
    }

    List<TargetLine> lines(Path folder) {
        return targets(folder).lines();
    }

    /** Same as {@link TargetLines#keyOf}. */
    TargetKey keyOf(Path folder, AttemptRecord entry) {
        return targets(folder).keyOf(entry);
    }

    void add(Path folder, HistoryLine line) {
        TargetLines all = targets(folder);
        file.append(folder, line.toString());
        all.add(line);
        all.keep(most());
        if (all == targets) {
            known = all.lines();
            rewriteIfNeeded(folder, all.asFiled());
        }
    }

    /** Rewrites the file if it lacks lines or has many more than needed. */
    private void rewriteIfNeeded(Path folder, List<HistoryLine> kept) {
        long noted = file.length() + file.waiting().size();
        if (noted >= kept.size() && noted <= 2L * Math.max(FEW, kept.size()) && !file.isLarge()) {
            return;
        }
        try {
            write(folder, kept);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not write anew what is known of targets in " + folder);
        }
    }

    /**
     * Forgets a target.
     *
     * @throws IOException if the file cannot be read or written; nothing is forgotten then
     */
    void remove(Path folder, TargetKey key) throws IOException {
        TargetLines all = targets(folder);
        if (all != targets) {
            // Fails if the file cannot be read.
            file.forEach(folder, line -> {});
        }
        if (all.get(key).isPresent()) {
            write(
                    folder,
                    all.asFiled().stream()
                            .filter(line -> !line.key().equals(key))
                            .toList());
            all.remove(key);
            known = all.lines();
        }
    }

    private void write(Path folder, List<HistoryLine> kept) throws IOException {
        file.replace(folder, () -> kept.stream().map(HistoryLine::toString).toList());
    }
}
