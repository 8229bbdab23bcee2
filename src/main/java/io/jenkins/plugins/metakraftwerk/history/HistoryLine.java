package io.jenkins.plugins.metakraftwerk.history;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.Optional;

/**
 * An attempt as it stands in a file.
 *
 * @param key the target that it was filed under
 */
record HistoryLine(TargetKey key, AttemptRecord attempt) {

    /** Empty where it is no attempt; damaged, or of a newer version. */
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
