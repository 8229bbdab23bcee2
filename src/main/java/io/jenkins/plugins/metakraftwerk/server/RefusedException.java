package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What was asked for may not be done there, as the configuration and the permissions are; nothing is broken. */
@Restricted(NoExternalUse.class)
public final class RefusedException extends AbortException {

    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
