package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.google.common.collect.MapMaker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Finds the server and the credential that somebody named, checks that they may be used there, and makes the client of
 * both. All code that calls a server for a job must ask here first, even if it then reads from a cache.
 */
@Restricted(NoExternalUse.class)
public final class Connections {

    /**
     * Ids of credentials by build, if their use was tracked. It is tracked only once, since each time writes the
     * fingerprint of the credential anew.
     */
    private static final Map<Run<?, ?>, Set<String>> TRACKED =
            new MapMaker().weakKeys().makeMap();

    private Connections() {}

    /**
     * Returns the client of a run. The credential is looked up anew, and its use is tracked once.
     *
     * @throws AbortException if the server or the credential no longer exists, is of a kind that cannot be used, or is
     *     not lent to the job
     */
    public static MetaKraftwerkClient ofRun(Run<?, ?> run, Target target) throws AbortException {
        MetaKraftwerkServer server = target.configured();
        StandardCredentials credential = credential(run, target, server);
        if (TRACKED.computeIfAbsent(run, build -> ConcurrentHashMap.newKeySet()).add(credential.getId())) {
            CredentialsProvider.track(run, credential);
        }
        return ClientFactory.forServer(server, credential, target);
    }

    /**
     * Checks right before a run sends a request that it still may, since the run may have waited for long.
     *
     * @throws AbortException as {@link #ofRun}, or if the server is frozen
     */
    public static void requireMaySend(Run<?, ?> run, Target target) throws AbortException {
        requireOpen(target);
        credential(run, target, target.configured());
    }

    /**
     * Checks that the server is not frozen. Reads the configuration only and does not block.
     *
     * @throws AbortException if the server is frozen or no longer configured
     */
    public static void requireOpen(Target target) throws AbortException {
        MetaKraftwerkServer server = target.configured();
        if (server.getFrozen() != null) {
            throw new RefusedException(Messages.server_frozen(server.getName(), server.getFrozen()));
        }
    }

    private static StandardCredentials credential(Run<?, ?> run, Target target, MetaKraftwerkServer server)
            throws AbortException {
        Item job = run.getParent();
        String id = target.credentialsId();
        // An older version may have stored a longer one.
        TextLengthCheck.require("credentialsId", id);
        if (target.origin() != Target.Origin.STEP) {
            CredentialLending.requireEyes(run.getParent());
        }
        if (target.origin() == Target.Origin.SERVER) {
            CredentialLending.require(server, job);
            return ServerCredentials.ofSystem(id, server);
        }
        if (target.origin() == Target.Origin.FOLDER) {
            String folder = target.folderOf(job);
            return requireLent(ServerCredentials.ofFolder(folder, id, server), server, job, item(folder));
        }
        return requireLent(ServerCredentials.ofRun(run, id, server), server, job, job);
    }

    /** Returns the client of a form. The caller has checked that the user may use the credentials of the item. */
    public static MetaKraftwerkClient ofItem(
            @CheckForNull Item item, @CheckForNull String server, @CheckForNull String credentialsId)
            throws AbortException {
        Target target = Target.forItem(item, server, credentialsId);
        MetaKraftwerkServer configured = target.configured();
        String id = target.credentialsId();
        StandardCredentials credential;
        if (target.origin() == Target.Origin.SERVER) {
            CredentialLending.require(configured, item);
            credential = ServerCredentials.ofServer(configured);
        } else if (target.origin() == Target.Origin.FOLDER) {
            credential = requireLent(
                    ServerCredentials.ofFolder(target.folder(), id, configured),
                    configured,
                    item,
                    item(target.folder()));
        } else {
            credential = requireLent(ServerCredentials.ofItem(item, id, configured), configured, item, item);
        }
        return ClientFactory.forServer(configured, credential, target);
    }

    /**
     * Returns the client for requests that a job makes between its builds.
     *
     * @throws AbortException as {@link #ofRun}
     */
    public static MetaKraftwerkClient ofJob(
            Job<?, ?> job, @CheckForNull String server, @CheckForNull String credentialsId) throws AbortException {
        if (Target.forItem(job, server, credentialsId).origin() != Target.Origin.STEP) {
            CredentialLending.requireEyes(job);
        }
        return ofItem(job, server, credentialsId);
    }

    /**
     * Checks the use of a credential. If it is the one of the server, the item must be allowed to borrow it, even if a
     * job or folder names it by its id.
     *
     * @param item the borrower
     * @param lookedUpIn the item or the folder in which the credential was looked up
     */
    private static StandardCredentials requireLent(
            StandardCredentials credential,
            MetaKraftwerkServer server,
            @CheckForNull Item item,
            @CheckForNull Item lookedUpIn)
            throws AbortException {
        if (CredentialLending.isBorrowed(credential, server, lookedUpIn)) {
            CredentialLending.require(server, item);
        }
        return credential;
    }

    @CheckForNull
    private static Item item(@CheckForNull String fullName) {
        return fullName == null ? null : Jenkins.get().getItemByFullName(fullName, Item.class);
    }

    /** Returns the client of a server as an administrator configures it. */
    static MetaKraftwerkClient ofServer(MetaKraftwerkServer server) throws AbortException {
        return ClientFactory.forServer(server, ServerCredentials.ofServer(server), null);
    }
}
