package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds the server and the credential that somebody named, and makes the client of both. */
@Restricted(NoExternalUse.class)
public final class Connections {

    private Connections() {}

    /**
     * The client of a run. The credential is looked up as it is now, and its use is tracked.
     *
     * @throws AbortException if the server or the credential is not there any more, or is of no usable kind
     */
    public static MetaKraftwerkClient ofRun(Run<?, ?> run, Target target) throws AbortException {
        MetaKraftwerkServer server = target.configured();
        String id = target.credentialsId();
        StandardCredentials credential = target.origin() == Target.Origin.SERVER
                ? ServerCredentials.ofSystem(id, server)
                : ServerCredentials.ofRun(run, id, server);
        CredentialsProvider.track(run, credential);
        return ClientFactory.of(server, credential, target.origin());
    }

    /** The client of a form; the caller has checked that its user may spend the item's credentials. */
    public static MetaKraftwerkClient ofItem(
            @CheckForNull Item item, MetaKraftwerkServer server, @CheckForNull String credentialsId)
            throws AbortException {
        String named = Util.fixEmptyAndTrim(credentialsId);
        StandardCredentials credential =
                named == null ? ServerCredentials.ofServer(server) : ServerCredentials.ofItem(item, named, server);
        return ClientFactory.of(server, credential, named == null ? Target.Origin.SERVER : Target.Origin.STEP);
    }

    /** The client of a server as an admin configures it. */
    static MetaKraftwerkClient ofServer(MetaKraftwerkServer server) throws AbortException {
        return ClientFactory.of(server, ServerCredentials.ofServer(server), Target.Origin.SERVER);
    }
}
