package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import java.util.Optional;

/**
 * An entry as it stands in a file.
 *
 * @param key the target that it was filed under
 */
record HistoryLine(TargetKey key, HistoryEntry entry) {

    /** Empty where a line is damaged, which costs nothing but itself. */
    static Optional<HistoryLine> read(String text) {
        return JsonLine.read(text, HistoryLine.class).filter(HistoryLine::isWhole);
    }

    private boolean isWhole() {
        return key != null && entry != null && entry.owner() != null && entry.outcome() != null;
    }

    @Override
    public String toString() {
        return JsonLine.write(this);
    }
}
