package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.Optional;

/**
 * Attempt as a line of a file.
 *
 * @param key the target that it was filed under
 */
record HistoryLine(TargetKey key, AttemptRecord attempt) {

    /** Parses a line. Empty if the line is damaged or of a newer version. */
    static Optional<HistoryLine> read(String text) {
        return JsonLine.read(text, HistoryLine.class)
                .filter(line -> line.key != null && line.attempt != null)
                .filter(line -> line.attempt.whole());
    }

    static boolean isRead(String text) {
        return read(text).isPresent();
    }

    @Override
    public String toString() {
        return JsonLine.write(this);
    }
}
