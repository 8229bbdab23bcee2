package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.AbortException;
import hudson.model.Descriptor;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.util.Secret;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Puts servers and credentials into the Jenkins of a test. */
public final class Setup {

    private Setup() {}

    public static MetaKraftwerkServer server(String name, String url, String credentialsId) {
        MetaKraftwerkServer server = new MetaKraftwerkServer(name, url);
        server.setCredentialsId(credentialsId);
        return server;
    }

    public static void servers(MetaKraftwerkServer... servers) {
        MetaKraftwerkGlobalConfiguration.get().setServers(List.of(servers));
    }

    public static StringCredentialsImpl secretText(CredentialsScope scope, String id, String token) {
        return new StringCredentialsImpl(scope, id, "Token " + id, Secret.fromString(token));
    }

    public static UsernamePasswordCredentialsImpl logIn(CredentialsScope scope, String id, String password) {
        try {
            return new UsernamePasswordCredentialsImpl(scope, id, "Log-in " + id, StandInDefaults.EMAIL, password);
        } catch (Descriptor.FormException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The client of a server for a token. */
    public static MetaKraftwerkClient client(String url, String token) {
        try {
            return ClientFactory.of(
                    server("x", url, "x"), secretText(CredentialsScope.SYSTEM, "x", token), Target.Origin.SERVER);
        } catch (AbortException e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static void systemCredential(StandardCredentials credential) throws IOException {
        SystemCredentialsProvider.getInstance().getCredentials().add(credential);
        SystemCredentialsProvider.getInstance().save();
    }

    public static void folderCredential(ItemGroup<?> folder, StandardCredentials credential) throws IOException {
        folderStore(folder).addCredentials(Domain.global(), credential);
    }

    /** Adds to the first store of its context, such as that of a user. */
    public static void credential(ModelObject context, StandardCredentials credential) throws IOException {
        CredentialsProvider.lookupStores(context).iterator().next().addCredentials(Domain.global(), credential);
    }

    public static CredentialsStore folderStore(ItemGroup<?> folder) {
        return StreamSupport.stream(
                        CredentialsProvider.lookupStores((ModelObject) folder).spliterator(), false)
                .filter(store -> store.getProvider() instanceof FolderCredentialsProvider)
                .findFirst()
                .orElseThrow();
    }
}
