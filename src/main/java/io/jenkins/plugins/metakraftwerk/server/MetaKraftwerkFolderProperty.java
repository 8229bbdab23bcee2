package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.hudson.plugins.folder.AbstractFolder;
import com.cloudbees.hudson.plugins.folder.AbstractFolderProperty;
import com.cloudbees.hudson.plugins.folder.AbstractFolderPropertyDescriptor;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * Defaults for the jobs of a folder that name nothing themselves: a server, and a credential for each server. Refers to
 * servers by name: an address in a folder would let its owner choose where a token goes.
 */
@Restricted(NoExternalUse.class)
public class MetaKraftwerkFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {

    private String defaultServer;
    private List<ServerCredential> credentials;

    @DataBoundConstructor
    public MetaKraftwerkFolderProperty() {
        // All properties are optional.
    }

    @CheckForNull
    public String getDefaultServer() {
        return defaultServer;
    }

    @DataBoundSetter
    public void setDefaultServer(String defaultServer) {
        this.defaultServer = TextLengthCheck.kept("defaultServer", defaultServer);
    }

    @NonNull
    public List<ServerCredential> getCredentials() {
        return credentials == null ? List.of() : List.copyOf(credentials);
    }

    @DataBoundSetter
    public void setCredentials(List<ServerCredential> credentials) {
        this.credentials = credentials == null || credentials.isEmpty() ? null : new ArrayList<>(credentials);
    }

    static Optional<FolderDefault> server(Item item) {
        return nearest(item, property -> property.defaultServer);
    }

    static Optional<FolderDefault> credential(Item item, String server) {
        return nearest(
                item,
                property -> property.getCredentials().stream()
                        .filter(entry -> entry.getServer().equals(server))
                        .map(ServerCredential::getCredentialsId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** Returns the value of the nearest folder that has one, beginning with the item itself. */
    private static Optional<FolderDefault> nearest(Item item, Function<MetaKraftwerkFolderProperty, String> value) {
        return ItemAncestors.startingAt(item)
                .filter(AbstractFolder.class::isInstance)
                .map(folder -> (AbstractFolder<?>) folder)
                .flatMap(folder -> Optional.ofNullable(folder.getProperties().get(MetaKraftwerkFolderProperty.class))
                        .map(value)
                        .map(text -> new FolderDefault(folder.getFullName(), text))
                        .stream())
                .findFirst();
    }

    /** Section in the form of a folder. A nested class, since cloudbees-folder finds the described class by that. */
    @OptionalExtension(requirePlugins = "cloudbees-folder")
    @Symbol("metaKraftwerkFolder")
    public static class DescriptorImpl extends AbstractFolderPropertyDescriptor {

        @Override
        @NonNull
        public String getDisplayName() {
            return Messages.displayName();
        }

        @Override
        public AbstractFolderProperty<?> newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            FolderForm.refuseLong(form);
            return super.newInstance(request, form);
        }

        @POST
        public ListBoxModel doFillDefaultServerItems(@AncestorInPath Item item) {
            return FolderForm.names(item);
        }

        /**
         * Returns the default server of a folder that names none; empty if there is none or if the user may not see it.
         */
        public String getInheritedServer() {
            StaplerRequest2 request = Stapler.getCurrentRequest2();
            Item folder = request == null ? null : request.findAncestorObject(Item.class);
            if (!ServerCredentials.mayChoose(folder)) {
                return "";
            }
            Item above = FolderForm.above(folder);
            return (above == null ? Optional.<FolderDefault>empty() : server(above))
                    .map(FolderDefault::value)
                    .or(() ->
                            MetaKraftwerkGlobalConfiguration.get().server(null).map(MetaKraftwerkServer::getName))
                    .orElse("");
        }

        @POST
        public FormValidation doCheckDefaultServer(@AncestorInPath Item item, @QueryParameter String value) {
            return FolderForm.check(item, value);
        }
    }
}
