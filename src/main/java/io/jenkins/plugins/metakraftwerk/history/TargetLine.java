package io.jenkins.plugins.metakraftwerk.history;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * What is known of one target.
 *
 * @param key server URL, pattern and deployment: the same for all entries of the target
 * @param now what is there now, as far as this Jenkins has learned; null where nothing has landed yet
 * @param perhaps a later attempt whose outcome is unknown; null where there is none
 * @param last the newest entry, whatever became of it
 */
public record TargetLine(
        TargetKey key,
        @CheckForNull HistoryEntry now,
        @CheckForNull HistoryEntry perhaps,
        HistoryEntry last) {}
