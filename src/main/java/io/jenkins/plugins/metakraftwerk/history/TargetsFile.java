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
 * What is known of each target, in a file and, from the first need on, in memory. For one thread at a time, but
 * {@link #known} and {@link #problem}.
 */
final class TargetsFile {

    private static final Logger LOGGER = Logger.getLogger(TargetsFile.class.getName());

    /** Not worth writing anew for less. */
    private static final int FEW = 16;

    /** All that was done, oldest first, of which the file can be made anew. */
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

    /** What there is; where the file cannot be read, what has been noted since. */
    private TargetLines targets(Path folder) {
        if (targets != null) {
            return targets;
        }
        TargetLines all = new TargetLines();
        try {
            List<String> lines = file.read(folder, HistoryLine::isRead);
            if (lines.isEmpty() || file.problem().isPresent()) {
                all = madeAnew(folder, lines);
                writeAnew(folder, all.asFiled());
            } else {
                take(lines, all);
                all.keep(most());
            }
            targets = all;
            known = all.lines();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Still cannot read what is known of targets in " + folder);
            take(file.waiting(), all);
        }
        return all;
    }

    /** Also of what is left, since the source may have been cut to what came later. */
    private TargetLines madeAnew(Path folder, List<String> left) {
        TargetLines all = fromSource(folder);
        take(left, all);
        all.settle();
        all.keep(most());
        return all;
    }

    /** Empty where the source cannot be read: half of it would be taken for all. */
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

    private static void take(List<String> lines, TargetLines all) {
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
        TargetLines all = targets(folder);
        file.append(folder, line.toString());
        all.add(line);
        all.keep(most());
        if (all == targets) {
            known = all.lines();
            writeAnew(folder, all.asFiled());
        }
    }

    /** Unless all of it is there, and not much more. */
    private void writeAnew(Path folder, List<HistoryLine> kept) {
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

    /** Fails, and forgets nothing, where the file can be neither read nor written. */
    void remove(Path folder, TargetKey key) throws IOException {
        TargetLines all = targets(folder);
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
