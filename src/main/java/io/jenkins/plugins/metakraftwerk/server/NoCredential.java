package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What it means to choose no credential. */
@Restricted(NoExternalUse.class)
public final class NoCredential {

    private NoCredential() {}

    /** Says whose credential is used instead, as an entry of a list does. */
    public static String label(@CheckForNull Item item, @CheckForNull String server) {
        try {
            MetaKraftwerkServer chosen = ServerChoice.choose(item, server);
            Optional<FolderDefault> folder = FolderDefaults.credential(item, chosen.getName());
            if (folder.isPresent()) {
                return Messages.credential_instead_folder(folder.get().folder());
            }
            return chosen.getCredentialsId() == null
                    ? Messages.credential_instead_nothing()
                    : Messages.credential_instead_server(chosen.getName());
        } catch (AbortException e) {
            return Messages.credential_instead_any();
        }
    }
}
