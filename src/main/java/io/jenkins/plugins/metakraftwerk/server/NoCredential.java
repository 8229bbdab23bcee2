package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Item;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Meaning of the empty entry in a list of credentials. */
@Restricted(NoExternalUse.class)
public final class NoCredential {

    private NoCredential() {}

    /** Returns the label of the entry, which tells whose credential is used instead. */
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
