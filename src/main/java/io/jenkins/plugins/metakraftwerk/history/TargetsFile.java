package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.deploy.LinesFile;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is known of each target, in a file and, from the first need on, in memory. For one thread at a time. */
final class TargetsFile {

    /** Not worth writing anew for less. */
    private static final int FEW = 16;

    private final LinesFile file;
    private Targets targets;

    TargetsFile(String name) {
        file = new LinesFile(name);
    }

    private Targets targets(Path folder) {
        if (targets == null) {
            targets = new Targets();
            file.read(folder).stream()
                    .map(HistoryLine::read)
                    .flatMap(Optional::stream)
                    .forEach(targets::add);
            targets.keep(most());
        }
        return targets;
    }

    private static int most() {
        return MetaKraftwerkGlobalConfiguration.get().getHistoryTargets();
    }

    List<TargetLine> lines(Path folder) {
        return targets(folder).lines();
    }

    /** Where an attempt belongs. */
    TargetKey keyOf(Path folder, HistoryEntry entry) {
        return targets(folder).keyOf(entry);
    }

    void add(Path folder, HistoryLine line) {
        Targets all = targets(folder);
        all.add(line);
        all.keep(most());
        file.append(folder, line.toString());
        List<HistoryLine> kept = all.asFiled();
        if (file.length() > 2L * Math.max(FEW, kept.size())) {
            write(folder, kept);
        }
    }

    void remove(Path folder, TargetKey key) {
        Targets all = targets(folder);
        if (all.get(key).isPresent()) {
            all.remove(key);
            write(folder, all.asFiled());
        }
    }

    private void write(Path folder, List<HistoryLine> kept) {
        file.replace(folder, kept.stream().map(HistoryLine::toString).toList());
    }
}
