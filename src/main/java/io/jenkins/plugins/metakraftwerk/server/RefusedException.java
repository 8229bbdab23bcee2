package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Thrown if the configuration or the permissions do not allow a request. Nothing is broken. */
@Restricted(NoExternalUse.class)
public final class RefusedException extends AbortException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
