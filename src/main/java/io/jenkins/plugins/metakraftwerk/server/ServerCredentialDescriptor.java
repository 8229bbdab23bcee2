package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form of a folder's credential for a server. */
@Extension
@Restricted(NoExternalUse.class)
public class ServerCredentialDescriptor extends Descriptor<ServerCredential> {

    public ServerCredentialDescriptor() {
        super(ServerCredential.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.folder_credential();
    }

    @POST
    public ListBoxModel doFillServerItems(@AncestorInPath Item item) {
        return FolderForm.names(item);
    }

    @POST
    public FormValidation doCheckServer(@AncestorInPath Item item, @QueryParameter String value) {
        return FolderForm.check(item, value);
    }

    /** Lists the credentials that a job of the folder could choose. */
    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @AncestorInPath Item item, @QueryParameter String server, @QueryParameter String storedCredentialsId) {
        String url = MetaKraftwerkGlobalConfiguration.get()
                .server(server)
                .map(MetaKraftwerkServer::getUrl)
                .orElse("");
        String instead = NoCredential.label(FolderForm.above(item), server);
        return ServerCredentials.itemList(item, url, storedCredentialsId, instead);
    }
}
