package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.store.LinesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What is known of each target, in a file and, from the first need on, in memory. For one thread at a time, but
 * {@link #known} and {@link #problem}.
 */
final class TargetsFile {

    private static final Logger LOGGER = Logger.getLogger(TargetsFile.class.getName());

    /** Not worth writing anew for less. */
    private static final int FEW = 16;

    private final LinesFile file;

    /** Null until the file was read. */
    private Targets targets;

    private volatile List<TargetLine> known;

    TargetsFile(String name) {
        file = LinesFile.unforced(Disks.disk(), name);
    }

    /** What there is; where the file cannot be read, what has been noted since. */
    private Targets targets(Path folder) {
        if (targets != null) {
            return targets;
        }
        Targets all = new Targets();
        try {
            take(file.read(folder, HistoryLine::isRead), all);
            all.keep(most());
            targets = all;
            known = all.lines();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Still cannot read what is known of targets in " + folder);
            take(file.waiting(), all);
        }
        return all;
    }

    private static void take(List<String> lines, Targets all) {
        lines.stream().map(HistoryLine::read).flatMap(Optional::stream).forEach(all::add);
    }

    private static int most() {
        return MetaKraftwerkGlobalConfiguration.get().getHistoryTargets();
    }

    /** All of it; null where it was not read yet, or could not be. Does not block. */
    List<TargetLine> known() {
        return known;
    }

    /** What is wrong with the file, as far as that is known. Does not block. */
    Optional<LinesFile.Problem> problem() {
        return file.problem();
    }

    List<TargetLine> lines(Path folder) {
        return targets(folder).lines();
    }

    /** Where an attempt belongs. */
    TargetKey keyOf(Path folder, AttemptRecord entry) {
        return targets(folder).keyOf(entry);
    }

    void add(Path folder, HistoryLine line) {
        Targets all = targets(folder);
        file.append(folder, line.toString());
        all.add(line);
        all.keep(most());
        if (all == targets) {
            known = all.lines();
            shorten(folder, all.asFiled());
        }
    }

    private void shorten(Path folder, List<HistoryLine> kept) {
        if (file.length() <= 2L * Math.max(FEW, kept.size()) && !file.isLarge()) {
            return;
        }
        try {
            write(folder, kept);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Could not shorten what is known of targets in " + folder);
        }
    }

    /** Fails, and forgets nothing, where the file can be neither read nor written. */
    void remove(Path folder, TargetKey key) throws IOException {
        Targets all = targets(folder);
        if (all != targets) {
            // Fails where it cannot be read.
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
