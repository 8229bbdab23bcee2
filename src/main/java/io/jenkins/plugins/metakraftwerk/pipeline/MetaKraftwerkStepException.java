package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** A step that failed for a reason that its message explains; scripts can tell the reasons apart. */
public final class MetaKraftwerkStepException extends AbortException {

    private static final long serialVersionUID = 1L;

    private final Integer status;
    private final boolean outcomeUnknown;

    MetaKraftwerkStepException(MetaKraftwerkException failure) {
        super(failure.getLocalizedMessage());
        status = failure.status().isPresent() ? failure.status().getAsInt() : null;
        outcomeUnknown = failure.effect() == MetaKraftwerkException.Effect.UNKNOWN;
    }

    /** A failure that has nothing to do with an answer of the server. */
    MetaKraftwerkStepException(String message, boolean outcomeUnknown) {
        super(message);
        status = null;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** The HTTP status of the server's answer, or null if there was none. */
    @Whitelisted
    public Integer getStatus() {
        return status;
    }

    /** Whether what was asked for may have been done; a deployment must then not be repeated unseen. */
    @Whitelisted
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
