package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Describable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;

/** Credential that the jobs of a folder use for one server, which is named. */
@Restricted(NoExternalUse.class)
public class ServerCredential implements Describable<ServerCredential> {

    private final String server;
    private final String credentialsId;

    @DataBoundConstructor
    public ServerCredential(String server, String credentialsId) {
        this.server = Util.fixNull(TextLengthCheck.kept("server", server));
        this.credentialsId = TextLengthCheck.kept("credentialsId", credentialsId);
    }

    @NonNull
    public String getServer() {
        return server;
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }
}
