package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Chooses the server: the one that is named, else the default of the nearest folder, else the default of this Jenkins.
 */
@Restricted(NoExternalUse.class)
public final class ServerChoice {

    private ServerChoice() {}

    /**
     * @param item the job or folder that asks; null if there is none
     * @param name blank for the default
     * @throws AbortException if there is no such server, or no default
     */
    public static MetaKraftwerkServer choose(@CheckForNull Item item, @CheckForNull String name) throws AbortException {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        TextLengthCheck.require("server", name);
        if (Util.fixEmptyAndTrim(name) != null) {
            return configuration.chosen(name);
        }
        Optional<FolderDefault> folder = FolderDefaults.server(item);
        return folder.isPresent() ? inFolder(folder.get()) : configuration.chosen(null);
    }

    private static MetaKraftwerkServer inFolder(FolderDefault chosen) throws AbortException {
        TextLengthCheck.require("defaultServer", chosen.value());
        return MetaKraftwerkGlobalConfiguration.get()
                .server(chosen.value())
                .orElseThrow(() -> new AbortException(Messages.folder_serverUnknown(chosen.folder(), chosen.value())));
    }

    /**
     * Returns the address of the chosen server in its normal form, which is the key in histories.
     *
     * @throws AbortException if there is no such server, or no default, or if its address is unusable
     */
    public static String address(@CheckForNull Item item, @CheckForNull String name) throws AbortException {
        return choose(item, name).address().toString();
    }

    /** Returns the address as configured, to find credentials that fit it; empty if there is no such server. */
    public static String url(@CheckForNull Item item, @CheckForNull String name) {
        try {
            return choose(item, name).getUrl();
        } catch (AbortException e) {
            return "";
        }
    }

    /**
     * Returns the name of the default server, for a form; empty if there is none, or if the user may not choose among
     * the servers.
     */
    public static String defaultName(@CheckForNull Item item) {
        if (!ServerCredentials.mayChoose(item)) {
            return "";
        }
        try {
            return choose(item, null).getName();
        } catch (AbortException e) {
            return "";
        }
    }
}
