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
 * Server and credential that a run began with. The run keeps them, whatever changes in the configuration: a deployment
 * that was sent to one server must not be looked for on another, and a log must not name a server that is not deployed
 * to.
 *
 * <p>A plain class, since Pipeline serialises it with a library of its own.
 */
@Restricted(NoExternalUse.class)
public final class Target implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Tells who named the credential. */
    public enum Origin {
        /** The step or the build step itself. */
        STEP,
        /** A folder that contains the job, for jobs that name none. */
        FOLDER,
        /** The server, for jobs that name none. */
        SERVER
    }

    private final ServerPin server;
    private final String credentialsId;

    /** A text and no {@link Origin}, since a newer version may have stored one that is not known here. */
    private final String origin;

    /** Full name of the folder that names the credential; null if it is no folder. */
    private final String folder;

    private Target(ServerPin server, String credentialsId, String origin, String folder) {
        this.server = server;
        this.credentialsId = credentialsId;
        this.origin = origin;
        this.folder = folder;
    }

    /**
     * Makes the target from the names that a job gives. Reads the configuration only, so that the thread of a Pipeline
     * may call it.
     *
     * @param item the job or folder that asks; null if there is none
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
     * Returns the target that an attempt had, as it was stored.
     *
     * @param url the address of the server in its normal form
     */
    public static Target kept(AttemptSource source, String url) {
        return new Target(
                new ServerPin(source.server(), url),
                source.credentialsId(),
                source.credentialOrigin(),
                source.folder());
    }

    /** Returns the parts to store, from which {@link #kept} makes the target again. */
    public AttemptSource source(String step) {
        return new AttemptSource(step, server(), credentialsId, origin, folder);
    }

    /**
     * Returns the present full name of the folder that names the credential.
     *
     * @throws AbortException if no folder of the item still names it
     */
    String folderOf(Item item) throws AbortException {
        Optional<FolderDefault> current = FolderDefaults.credential(item, server());
        if (current.isEmpty() || !current.get().value().equals(credentialsId)) {
            throw new AbortException(Messages.folder_credentialGone(folder, credentialsId, server()));
        }
        return current.get().folder();
    }

    /**
     * Returns the server as it is configured now, perhaps under another name.
     *
     * @throws AbortException if it is no longer configured, or if several servers fit
     */
    public MetaKraftwerkServer configured() throws AbortException {
        return server.among(
                        MetaKraftwerkGlobalConfiguration.get().getServers(),
                        MetaKraftwerkServer::getName,
                        MetaKraftwerkServer::normalUrl)
                .orElseThrow(() -> new AbortException(Messages.server_gone(label())));
    }

    /** Returns the name that logs and messages use for the server, even if it is no longer configured. */
    public String label() {
        return MetaKraftwerkServer.label(server(), url());
    }

    public String server() {
        return server.name();
    }

    /** Returns the address in its normal form. */
    public String url() {
        return server.url();
    }

    public String credentialsId() {
        return credentialsId;
    }

    /** Tells which credential is used, and who names it. */
    public Text credential() {
        return switch (origin()) {
            case STEP -> Text.forKey("run.credentialOfStep", credentialsId);
            case FOLDER -> Text.forKey("run.credentialOfFolder", credentialsId, folder);
            case SERVER -> Text.forKey("run.credentialOfServer", credentialsId, server());
        };
    }

    /**
     * Returns who named the credential. An origin that is not known here counts as {@link Origin#STEP}, which allows
     * the least.
     */
    public Origin origin() {
        return Stream.of(Origin.values())
                .filter(value -> value.name().equals(origin))
                .findFirst()
                .orElse(Origin.STEP);
    }

    /** Returns the origin as it was stored. */
    public String originName() {
        return origin;
    }

    /** Returns the full name, as stored, of the folder that names the credential; null if it is no folder. */
    @CheckForNull
    public String folder() {
        return folder;
    }

    @Override
    public String toString() {
        return label() + " with " + credentialsId + " of the " + origin;
    }
}
