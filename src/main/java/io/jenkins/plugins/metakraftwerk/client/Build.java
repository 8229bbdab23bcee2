package io.jenkins.plugins.metakraftwerk.client;

import java.util.function.UnaryOperator;

/**
 * A run of patterns over metadata, as {@code /builds} answers it. A status that is not known here is neither
 * {@link #finished}, {@link #unfinished} nor {@link #failed}.
 *
 * @param progress 0 to 100
 * @param status {@code BUILDING}, {@code FINISHED}, {@code FAILED} or {@code CANCELED}
 * @param message may be null
 * @param deleted a number on the wire, 0 or 1; null where the server does not say, which counts as 'not deleted'
 */
public record Build(
        Long id, Long projectId, Double progress, String status, String message, String name, Boolean deleted) {

    public Build {
        Required.id("id", id);
    }

    public boolean finished() {
        return "FINISHED".equals(status);
    }

    /** Whether it may still become one that can be deployed. */
    public boolean unfinished() {
        return "BUILDING".equals(status);
    }

    /** Whether it ended without artefacts, so that waiting for it is in vain. */
    public boolean failed() {
        return "FAILED".equals(status) || "CANCELED".equals(status);
    }

    public boolean isDeleted() {
        return Boolean.TRUE.equals(deleted);
    }

    /** The same build with its words as they can be shown. */
    Build shown(UnaryOperator<String> clean) {
        return new Build(
                id, projectId, progress, clean.apply(status), clean.apply(message), clean.apply(name), deleted);
    }
}
