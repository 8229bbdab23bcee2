package io.jenkins.plugins.metakraftwerk.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private final String server;
    private final String url;
    private final String credentialsId;
    private final Origin origin;

    private Target(String server, String url, String credentialsId, Origin origin) {
        this.server = server;
        this.url = url;
        this.credentialsId = credentialsId;
        this.origin = origin;
    }

    /**
     * What is meant by the names that a job gives. Asks the configuration only, so that the thread of a Pipeline may call it.
     *
     * @throws AbortException if there is no such server, or no credential for it
     */
    public static Target of(@CheckForNull String server, @CheckForNull String credentialsId) throws AbortException {
        MetaKraftwerkServer chosen = Connections.server(server);
        String url = chosen.address().toString();
        String named = Util.fixEmptyAndTrim(credentialsId);
        if (named != null) {
            return new Target(chosen.getName(), url, named, Origin.STEP);
        }
        if (chosen.getCredentialsId() == null) {
            throw new AbortException(Messages.credential_none(chosen.label()));
        }
        return new Target(chosen.getName(), url, chosen.getCredentialsId(), Origin.SERVER);
    }

    /**
     * The server as it is configured now, perhaps under another name.
     *
     * @throws AbortException if it is not configured any more, or if it cannot be told which one it is
     */
    public MetaKraftwerkServer configured() throws AbortException {
        List<MetaKraftwerkServer> same = MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(this::hasSameUrl)
                .toList();
        Optional<MetaKraftwerkServer> found = same.size() == 1
                ? Optional.of(same.get(0))
                : same.stream()
                        .filter(candidate -> candidate.getName().equals(server))
                        .findFirst();
        return found.orElseThrow(() -> new AbortException(Messages.server_gone(label())));
    }

    private boolean hasSameUrl(MetaKraftwerkServer candidate) {
        Optional<ServerUrl> address = candidate.usableAddress();
        return address.isPresent() && url.equals(address.get().toString());
    }

    /** How logs and messages call the server, also where it is not configured any more. */
    public String label() {
        return MetaKraftwerkServer.label(server, url);
    }

    public String server() {
        return server;
    }

    /** In its normal form. */
    public String url() {
        return url;
    }

    public String credentialsId() {
        return credentialsId;
    }

    public Origin origin() {
        return origin;
    }

    @Override
    public String toString() {
        return label() + " with " + credentialsId + " of the " + Objects.toString(origin);
    }
}
