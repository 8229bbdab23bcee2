package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Locale;
import jenkins.model.Jenkins;

/** What the form of a folder says about names of servers. */
final class FolderForm {

    private FolderForm() {}

    /** Names are nothing that who configures the folder may not know. */
    private static boolean mayKnow(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    static AutoCompletionCandidates names(@CheckForNull Item item, @CheckForNull String typed) {
        AutoCompletionCandidates names = new AutoCompletionCandidates();
        if (mayKnow(item)) {
            String begin = Util.fixNull(typed).strip().toLowerCase(Locale.ROOT);
            MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                    .map(MetaKraftwerkServer::getName)
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(begin))
                    .forEach(names::add);
        }
        return names;
    }

    static FormValidation check(@CheckForNull Item item, @CheckForNull String typed) {
        String name = Util.fixEmptyAndTrim(typed);
        boolean known = name == null
                || !mayKnow(item)
                || MetaKraftwerkGlobalConfiguration.get().server(name).isPresent();
        return known ? FormValidation.ok() : FormValidation.warning(Messages.folder_noSuchServer(name));
    }
}
