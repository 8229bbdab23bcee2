package io.jenkins.plugins.metakraftwerk.client;

/**
 * A run of patterns over metadata, as {@code /builds} answers it.
 *
 * @param progress 0 to 100
 * @param status {@code BUILDING}, {@code FINISHED}, {@code FAILED} or {@code CANCELED}
 * @param message may be null
 */
public record Build(Long id, Long projectId, Double progress, String status, String message, String name, Integer deleted) {

    public Build {
        Required.id("id", id);
    }

    public boolean isDeleted() {
        return deleted != null && deleted != 0;
    }

    public boolean unfinished() {
        return "BUILDING".equals(status);
    }

    public boolean finished() {
        return "FINISHED".equals(status);
    }

    /** Whether it ended without artefacts, so that waiting for it is in vain. */
    public boolean failed() {
        return "FAILED".equals(status) || "CANCELED".equals(status);
    }
}
