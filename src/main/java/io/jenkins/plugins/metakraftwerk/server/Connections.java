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
 * Finds the server and the credential that somebody named, sees whether they may be used there, and makes the client of
 * both. Whatever asks a server for a job asks here first, also where it then looks into a cache.
 */
@Restricted(NoExternalUse.class)
public final class Connections {

    /** By build, the ids of those whose use has been tracked: each time would write their fingerprints anew. */
    private static final Map<Run<?, ?>, Set<String>> TRACKED =
            new MapMaker().weakKeys().makeMap();

    private Connections() {}

    /**
     * The client of a run. The credential is looked up as it is now, and its use is tracked once.
     *
     * @throws AbortException if the server or the credential is not there any more, is of no usable kind, or is not lent to
     *     the job
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
     * Right before a run sends, since it may have waited for long.
     *
     * @throws AbortException as {@link #ofRun}, or if the server is frozen
     */
    public static void requireMaySend(Run<?, ?> run, Target target) throws AbortException {
        requireOpen(target);
        credential(run, target, target.configured());
    }

    /**
     * Asks the configuration only, and does not block.
     *
     * @throws AbortException if the server is frozen, or not configured any more
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
        // Perhaps stored by a version that took any.
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
            return lent(ServerCredentials.ofFolder(folder, id, server), server, job, item(folder));
        }
        return lent(ServerCredentials.ofRun(run, id, server), server, job, job);
    }

    /** The client of a form; the caller has checked that its user may spend the item's credentials. */
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
            credential = lent(
                    ServerCredentials.ofFolder(target.folder(), id, configured),
                    configured,
                    item,
                    item(target.folder()));
        } else {
            credential = lent(ServerCredentials.ofItem(item, id, configured), configured, item, item);
        }
        return ClientFactory.forServer(configured, credential, target);
    }

    /**
     * The client of what a job does by itself, between its builds.
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
     * Who names the very credential of a server borrows it, however it is named.
     *
     * @param item what borrows
     * @param place where it was found from: the item, or the folder that names it
     */
    private static StandardCredentials lent(
            StandardCredentials found, MetaKraftwerkServer server, @CheckForNull Item item, @CheckForNull Item place)
            throws AbortException {
        if (CredentialLending.isBorrowed(found, server, place)) {
            CredentialLending.require(server, item);
        }
        return found;
    }

    @CheckForNull
    private static Item item(@CheckForNull String fullName) {
        return fullName == null ? null : Jenkins.get().getItemByFullName(fullName, Item.class);
    }

    /** The client of a server as an admin configures it. */
    static MetaKraftwerkClient ofServer(MetaKraftwerkServer server) throws AbortException {
        return ClientFactory.forServer(server, ServerCredentials.ofServer(server), null);
    }
}
