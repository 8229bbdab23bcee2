package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Decides who may borrow the credential of a server. Only the configuration of the server counts, which only an
 * administrator can change: no file of a job or folder can widen it.
 */
final class CredentialLending {

    private CredentialLending() {}

    /**
     * @param item null for an administrator outside of any job
     * @throws RefusedException if the server does not lend its credential to this item
     */
    static void require(MetaKraftwerkServer server, @CheckForNull Item item) throws RefusedException {
        if (item != null && server.isUsageRestricted() && !server.allowed().cover(item)) {
            throw new RefusedException(Messages.lending_refused(server.getName(), item.getFullName()));
        }
    }

    /**
     * Returns true if a credential that a job or folder names is the one of the server, so that to name it is to borrow
     * it. Also true if that cannot be told.
     *
     * @param lookedUpIn the item or folder in which the credential was looked up
     */
    static boolean isBorrowed(
            StandardCredentials credential, MetaKraftwerkServer server, @CheckForNull Item lookedUpIn) {
        return credential.getId().equals(server.getCredentialsId())
                && !isInStoreBelowRoot(credential.getId(), server, lookedUpIn);
    }

    /**
     * Looks only into domains that fit this server: another domain may have a credential of the same id for another
     * server.
     */
    private static boolean isInStoreBelowRoot(String id, MetaKraftwerkServer server, @CheckForNull Item lookedUpIn) {
        if (lookedUpIn == null) {
            return false;
        }
        return StreamSupport.stream(CredentialsProvider.lookupStores(lookedUpIn).spliterator(), false)
                .filter(store -> !(store.getContext() instanceof Jenkins))
                .anyMatch(store -> has(store, id, server));
    }

    private static boolean has(CredentialsStore store, String id, MetaKraftwerkServer server) {
        // A user who may use a credential need not be allowed to see its store.
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            return hasVisible(store, id, server);
        }
    }

    private static boolean hasVisible(CredentialsStore store, String id, MetaKraftwerkServer server) {
        return store.getDomains().stream()
                .filter(domain -> domain.test(ServerCredentials.requirements(server.getUrl())))
                .flatMap(domain -> store.getCredentials(domain).stream())
                .anyMatch(CredentialsMatchers.withId(id)::matches);
    }

    /**
     * Checks the user that a build runs as, if any. To use a credential that a folder or server lends, this user needs
     * the same permission that the credentials plugin asks for credentials of a job.
     *
     * @throws RefusedException if that user lacks Credentials/UseItem
     */
    static void requireEyes(Job<?, ?> job) throws RefusedException {
        if (job instanceof Queue.Task task) {
            Authentication own = Tasks.getAuthenticationOf2(task);
            if (!own.equals(ACL.SYSTEM2) && !job.hasPermission2(own, CredentialsProvider.USE_ITEM)) {
                throw new RefusedException(Messages.lending_eyes(own.getName(), job.getFullName()));
            }
        }
    }
}
