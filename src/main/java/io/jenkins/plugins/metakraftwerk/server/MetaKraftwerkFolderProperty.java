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
 * What the jobs of a folder use where they name nothing themselves: a server, and for each server a credential. Servers go
 * by their names: an address in a folder would let whoever configures it choose where a token goes.
 */
@Restricted(NoExternalUse.class)
public class MetaKraftwerkFolderProperty extends AbstractFolderProperty<AbstractFolder<?>> {

    private String defaultServer;
    private List<ServerCredential> credentials;

    @DataBoundConstructor
    public MetaKraftwerkFolderProperty() {
        // All that it has is optional.
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
                        .filter(one -> one.getServer().equals(server))
                        .map(ServerCredential::getCredentialsId)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }

    /** What the nearest folder says that an item is in, or that it is. */
    private static Optional<FolderDefault> nearest(Item item, Function<MetaKraftwerkFolderProperty, String> says) {
        return ItemAncestors.startingAt(item)
                .filter(AbstractFolder.class::isInstance)
                .map(one -> (AbstractFolder<?>) one)
                .flatMap(folder -> Optional.ofNullable(folder.getProperties().get(MetaKraftwerkFolderProperty.class))
                        .map(says)
                        .map(value -> new FolderDefault(folder.getFullName(), value))
                        .stream())
                .findFirst();
    }

    /** The section of a folder's form. Within, since the plugin that brings folders finds what it describes by that. */
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

        /** Of a folder that names none. */
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
