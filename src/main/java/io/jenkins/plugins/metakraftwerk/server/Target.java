package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import java.io.Serializable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The server and the credential that a run began with. It stays with them, however the configuration changes: what was
 * sent to one server must not be looked for on another, and a log must not name a server that is not deployed to.
 *
 * <p>A plain class, since Pipeline serialises it with a library of its own.
 */
@Restricted(NoExternalUse.class)
public final class Target implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where the credential was named. */
    public enum Origin {
        /** By the step or the build step itself. */
        STEP,
        /** By the server, for those who name none. */
        SERVER
    }

    private final ServerPin server;
    private final String credentialsId;
    private final Origin origin;

    private Target(ServerPin server, String credentialsId, Origin origin) {
        this.server = server;
        this.credentialsId = credentialsId;
        this.origin = origin;
    }

    /**
     * What is meant by the names that a job gives. Asks the configuration only, so that the thread of a Pipeline may call it.
     *
     * @throws AbortException if there is no such server, or no credential for it
     */
    public static Target of(@CheckForNull String server, @CheckForNull String credentialsId) throws AbortException {
        MetaKraftwerkServer chosen = MetaKraftwerkGlobalConfiguration.get().chosen(server);
        ServerPin pin = new ServerPin(chosen.getName(), chosen.address().toString());
        String named = Util.fixEmptyAndTrim(credentialsId);
        if (named != null) {
            return new Target(pin, named, Origin.STEP);
        }
        if (chosen.getCredentialsId() == null) {
            throw new AbortException(Messages.credential_none(chosen.getName()));
        }
        return new Target(pin, chosen.getCredentialsId(), Origin.SERVER);
    }

    /**
     * The server as it is configured now, perhaps under another name.
     *
     * @throws AbortException if it is not configured any more, or if it cannot be told which one it is
     */
    public MetaKraftwerkServer configured() throws AbortException {
        return server.among(
                        MetaKraftwerkGlobalConfiguration.get().getServers(),
                        MetaKraftwerkServer::getName,
                        MetaKraftwerkServer::normalUrl)
                .orElseThrow(() -> new AbortException(Messages.server_gone(label())));
    }

    /** How logs and messages call the server, also where it is not configured any more. */
    public String label() {
        return MetaKraftwerkServer.label(server(), url());
    }

    public String server() {
        return server.name();
    }

    /** In its normal form. */
    public String url() {
        return server.url();
    }

    public String credentialsId() {
        return credentialsId;
    }

    public Origin origin() {
        return origin;
    }

    @Override
    public String toString() {
        return label() + " with " + credentialsId + " of the " + origin;
    }
}
