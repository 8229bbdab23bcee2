package io.jenkins.plugins.metakraftwerk.form;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Thrown if a list cannot be read or the user may not see it. The message is a sentence for people. */
@Restricted(NoExternalUse.class)
public final class ListUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    public ListUnavailableException(String reason) {
        super(reason);
    }
}
