package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Failure of a step. Its message explains it to people; scripts tell failures apart by its properties. */
public final class MetaKraftwerkStepException extends AbortException {

    private static final long serialVersionUID = 1L;

    private final Integer status;
    private final boolean outcomeUnknown;

    MetaKraftwerkStepException(MetaKraftwerkException failure) {
        super(failure.getLocalizedMessage());
        status = failure.status().isPresent() ? failure.status().getAsInt() : null;
        outcomeUnknown = failure.effect() == MetaKraftwerkException.Effect.UNKNOWN;
    }

    /** Failure without a response of the server. */
    MetaKraftwerkStepException(String message, boolean outcomeUnknown) {
        super(message);
        status = null;
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Returns the HTTP status of the response. Null if there was no response. */
    @Whitelisted
    public Integer getStatus() {
        return status;
    }

    /** Returns true if the deployment may have been done. Check on the server before it is repeated. */
    @Whitelisted
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
