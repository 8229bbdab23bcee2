package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.AutoCompletionCandidates;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Form of a server, for administrators. */
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
    public FormValidation doCheckName(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return TextLengthCheck.check("server", value);
    }

    @POST
    public FormValidation doCheckFrozen(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return TextLengthCheck.check("frozen", value);
    }

    @POST
    public FormValidation doCheckUrl(
            @QueryParameter String value,
            @QueryParameter String credentialsId,
            @QueryParameter String usage,
            @QueryParameter String name,
            @QueryParameter String storedName) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        try {
            List<FormValidation> warnings = new ArrayList<>();
            if (ServerUrl.parse(value).isPlainHttp()) {
                warnings.add(FormValidation.warning(Messages.server_url_plainHttp()));
            }
            if (!usage.isBlank()) {
                restrictionBypass(value, credentialsId, usage, name, storedName)
                        .byUrl()
                        .forEach(warnings::add);
            }
            return FormValidation.aggregate(warnings);
        } catch (MetaKraftwerkException e) {
            return FormValidation.error(e.text().in(LocaleProvider.getLocale()));
        }
    }

    private static RestrictionBypass restrictionBypass(
            String url, String credentialsId, String usage, String name, String storedName) {
        MetaKraftwerkServer typed = new MetaKraftwerkServer(name, url);
        typed.setCredentialsId(credentialsId);
        typed.setUsageRestricted(isRestricted(usage));
        return new RestrictionBypass(typed, storedName);
    }

    /** Returns true if the credential is restricted. Without a choice it is restricted to nobody. */
    private static boolean isRestricted(String usage) {
        return !ServerForm.EVERYBODY.equals(usage);
    }

    /** Returns the names of {@link MetaKraftwerkServer#getAllowedItems} as the form shows them. */
    public String text(@CheckForNull MetaKraftwerkServer server) {
        return server == null ? "" : String.join(ServerForm.SEPARATOR + " ", server.getAllowedItems());
    }

    @POST
    public FormValidation doCheckAllowedItemsText(@QueryParameter String value, @QueryParameter String usage) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return usage.isBlank() ? FormValidation.ok() : ServerForm.checkNames(usage, value);
    }

    @POST
    public AutoCompletionCandidates doAutoCompleteAllowedItemsText(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        AutoCompletionCandidates names = new AutoCompletionCandidates();
        ServerForm.suggestions(value).forEach(names::add);
        return names;
    }

    @POST
    public FormValidation doCheckCredentialsId(
            @QueryParameter String value,
            @QueryParameter String url,
            @QueryParameter String usage,
            @QueryParameter String name,
            @QueryParameter String storedName) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        if (usage.isBlank()) {
            return FormValidation.ok();
        }
        List<FormValidation> warnings = new ArrayList<>();
        if (isRestricted(usage) && ServerCredentials.isForEveryJob(value, url)) {
            warnings.add(FormValidation.warning(Messages.lending_notSystem()));
        }
        restrictionBypass(url, value, usage, name, storedName).byCredential().forEach(warnings::add);
        return FormValidation.aggregate(warnings);
    }

    @POST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String url, @QueryParameter String storedCredentialsId) {
        return ServerCredentials.systemList(url, storedCredentialsId);
    }

    @POST
    public FormValidation doTestConnection(
            @QueryParameter String url, @QueryParameter String credentialsId, @QueryParameter String usage) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        MetaKraftwerkServer typed = new MetaKraftwerkServer("", url);
        typed.setCredentialsId(credentialsId);
        typed.setUsageRestricted(isRestricted(usage));
        return ConnectionCheck.run(typed);
    }
}
