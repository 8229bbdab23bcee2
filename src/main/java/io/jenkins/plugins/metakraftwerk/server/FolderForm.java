package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Item;
import hudson.util.FormValidation;
import java.util.Locale;

/** What the form of a folder says about names of servers. */
final class FolderForm {

    private FolderForm() {}

    /** Names are nothing that who may choose a credential may not know. */
    static AutoCompletionCandidates names(@CheckForNull Item item, @CheckForNull String typed) {
        AutoCompletionCandidates names = new AutoCompletionCandidates();
        if (ServerCredentials.mayChoose(item)) {
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
                || !ServerCredentials.mayChoose(item)
                || MetaKraftwerkGlobalConfiguration.get().server(name).isPresent();
        return known ? FormValidation.ok() : FormValidation.warning(Messages.folder_noSuchServer(name));
    }
}
