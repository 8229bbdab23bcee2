package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.ServerPin;
import java.io.Serializable;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The server and the credential that a run began with. It stays with them, however the configuration changes: what was
 * sent to one server must not be looked for on another, and a log must not name a server that is not deployed to.
 *
 * <p>A plain class, since Pipeline serialises it with a library of its own.
 */
@Restricted(NoExternalUse.class)
public final class Target implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Where the credential was named. */
    public enum Origin {
        /** By the step or the build step itself. */
        STEP,
        /** By a folder that the job is in, for those who name none. */
        FOLDER,
        /** By the server, for those who name none. */
        SERVER
    }

    private final ServerPin server;
    private final String credentialsId;

    /** A text, since a newer version may store one that is not known here. */
    private final String origin;

    /** The full name of the folder that names the credential; null where it is no folder. */
    private final String folder;

    private Target(ServerPin server, String credentialsId, String origin, String folder) {
        this.server = server;
        this.credentialsId = credentialsId;
        this.origin = origin;
        this.folder = folder;
    }

    /**
     * What is meant by the names that a job gives. Asks the configuration only, so that the thread of a Pipeline may call it.
     *
     * @param item the job, or what else asks; null where in none
     * @throws AbortException if there is no such server, or no credential for it
     */
    public static Target forItem(
            @CheckForNull Item item, @CheckForNull String server, @CheckForNull String credentialsId)
            throws AbortException {
        return forServer(ServerChoice.choose(item, server), item, credentialsId);
    }

    private static Target forServer(
            MetaKraftwerkServer chosen, @CheckForNull Item item, @CheckForNull String credentialsId)
            throws AbortException {
        TextLengthCheck.require("server", chosen.getName());
        TextLengthCheck.require("credentialsId", credentialsId);
        ServerPin pin = new ServerPin(chosen.getName(), chosen.address().toString());
        String named = Util.fixEmptyAndTrim(credentialsId);
        if (named != null) {
            return new Target(pin, named, Origin.STEP.name(), null);
        }
        Optional<FolderDefault> inFolder = FolderDefaults.credential(item, chosen.getName());
        if (inFolder.isPresent()) {
            TextLengthCheck.require("credentialsId", inFolder.get().value());
            return new Target(
                    pin,
                    inFolder.get().value(),
                    Origin.FOLDER.name(),
                    inFolder.get().folder());
        }
        if (chosen.getCredentialsId() == null) {
            throw new AbortException(Messages.credential_none(chosen.getName()));
        }
        TextLengthCheck.require("credentialsId", chosen.getCredentialsId());
        return new Target(pin, chosen.getCredentialsId(), Origin.SERVER.name(), null);
    }

    /**
     * The one that an attempt had, as it was kept.
     *
     * @param url in its normal form
     */
    public static Target kept(AttemptSource source, String url) {
        return new Target(
                new ServerPin(source.server(), url),
                source.credentialsId(),
                source.credentialOrigin(),
                source.folder());
    }

    /** What is kept of it for {@link #kept}. */
    public AttemptSource source(String step) {
        return new AttemptSource(step, server(), credentialsId, origin, folder);
    }

    /**
     * The folder that names the credential, as it is called now.
     *
     * @throws AbortException if no folder of the item names it any more
     */
    String folderOf(Item item) throws AbortException {
        Optional<FolderDefault> now = FolderDefaults.credential(item, server());
        if (now.isEmpty() || !now.get().value().equals(credentialsId)) {
            throw new AbortException(Messages.folder_credentialGone(folder, credentialsId, server()));
        }
        return now.get().folder();
    }

    /**
     * The server as it is configured now, perhaps under another name.
     *
     * @throws AbortException if it is not configured any more, or if it cannot be told which one it is
     */
    public MetaKraftwerkServer configured() throws AbortException {
        return server.among(
                        MetaKraftwerkGlobalConfiguration.get().getServers(),
                        MetaKraftwerkServer::getName,
                        MetaKraftwerkServer::normalUrl)
                .orElseThrow(() -> new AbortException(Messages.server_gone(label())));
    }

    /** How logs and messages call the server, also where it is not configured any more. */
    public String label() {
        return MetaKraftwerkServer.label(server(), url());
    }

    public String server() {
        return server.name();
    }

    /** In its normal form. */
    public String url() {
        return server.url();
    }

    public String credentialsId() {
        return credentialsId;
    }

    /** Says which credential is used, and who names it. */
    public Text credential() {
        return switch (origin()) {
            case STEP -> Text.forKey("run.credentialOfStep", credentialsId);
            case FOLDER -> Text.forKey("run.credentialOfFolder", credentialsId, folder);
            case SERVER -> Text.forKey("run.credentialOfServer", credentialsId, server());
        };
    }

    /** One that is not known here is looked up as if the job named it, which opens the least. */
    public Origin origin() {
        return Stream.of(Origin.values())
                .filter(one -> one.name().equals(origin))
                .findFirst()
                .orElse(Origin.STEP);
    }

    /** As it was stored. */
    public String originName() {
        return origin;
    }

    /** The full name that the folder had which names the credential; null where it is no folder. */
    @CheckForNull
    public String folder() {
        return folder;
    }

    @Override
    public String toString() {
        return label() + " with " + credentialsId + " of the " + origin;
    }
}
