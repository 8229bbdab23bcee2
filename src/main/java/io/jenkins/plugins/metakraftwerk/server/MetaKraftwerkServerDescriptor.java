package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The form of a server, for administrators. */
@Restricted(NoExternalUse.class)
@Extension
public class MetaKraftwerkServerDescriptor extends Descriptor<MetaKraftwerkServer> {

    public MetaKraftwerkServerDescriptor() {
        super(MetaKraftwerkServer.class);
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.server_displayName();
    }

    public String getDefaultUrl() {
        return ServerUrl.DEFAULT;
    }

    @POST
    public FormValidation doCheckUrl(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            return ServerUrl.parse(value).isPlainHttp()
                    ? FormValidation.warning(Messages.server_url_plainHttp())
                    : FormValidation.ok();
        } catch (MetaKraftwerkException e) {
            return FormValidation.error(e.text().in(LocaleProvider.getLocale()));
        }
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String url, @QueryParameter String storedCredentialsId) {
        return ServerCredentials.systemList(url, storedCredentialsId);
    }

    @POST
    public FormValidation doTestConnection(@QueryParameter String url, @QueryParameter String credentialsId) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        MetaKraftwerkServer typed = new MetaKraftwerkServer("", url);
        typed.setCredentialsId(credentialsId);
        return ConnectionCheck.run(typed);
    }
}
