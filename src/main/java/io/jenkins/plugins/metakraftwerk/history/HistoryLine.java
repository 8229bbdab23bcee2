package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.util.Optional;

/**
 * An entry as it stands in a file.
 *
 * @param key the target that it was filed under
 */
record HistoryLine(TargetKey key, HistoryEntry entry) {

    /** Empty where it is no entry; damaged, or of a newer version. */
    static Optional<HistoryLine> read(String text) {
        return JsonLine.read(text, HistoryLine.class).filter(HistoryLine::isWhole);
    }

    static boolean isRead(String text) {
        return read(text).isPresent();
    }

    private boolean isWhole() {
        return key != null && entry != null && entry.owner() != null && entry.outcome() != null;
    }

    @Override
    public String toString() {
        return JsonLine.write(this);
    }
}
