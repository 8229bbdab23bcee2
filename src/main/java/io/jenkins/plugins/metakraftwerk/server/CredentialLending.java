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
 * Who may borrow the credential of a server. Only the configuration of the server says so, which nobody but an
 * administrator can change: no file of a job or folder can widen it.
 */
final class CredentialLending {

    private CredentialLending() {}

    /**
     * @param item null for an administrator in no job
     * @throws RefusedException if the server does not lend its credential to this item
     */
    static void require(MetaKraftwerkServer server, @CheckForNull Item item) throws RefusedException {
        if (item != null && server.isUsageRestricted() && !server.allowed().cover(item)) {
            throw new RefusedException(Messages.lending_refused(server.getName(), item.getFullName()));
        }
    }

    /**
     * Whether a credential that a job or a folder names is the very one of the server, so that naming it is borrowing it.
     * Where that cannot be told, it is.
     *
     * @param place where it was found from
     */
    static boolean isBorrowed(StandardCredentials found, MetaKraftwerkServer server, @CheckForNull Item place) {
        return found.getId().equals(server.getCredentialsId()) && !isInStoreBelowRoot(found.getId(), server, place);
    }

    /** In a domain that is for this server: another one of that id may be for another. */
    private static boolean isInStoreBelowRoot(String id, MetaKraftwerkServer server, @CheckForNull Item place) {
        if (place == null) {
            return false;
        }
        return StreamSupport.stream(CredentialsProvider.lookupStores(place).spliterator(), false)
                .filter(store -> !(store.getContext() instanceof Jenkins))
                .anyMatch(store -> has(store, id, server));
    }

    private static boolean has(CredentialsStore store, String id, MetaKraftwerkServer server) {
        // Who may use a credential need not be allowed to see the store that it is in.
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
     * What a folder or a server lends is used with the eyes of the run: one that runs as a user needs the permission that
     * the credentials plugin asks for the credentials of a job.
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
