package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Which server is meant: the one that is named, else the default of the nearest folder, else that of this Jenkins. */
@Restricted(NoExternalUse.class)
public final class ServerChoice {

    private ServerChoice() {}

    /**
     * @param item where it is asked for; null where in no job
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
     * Its address in the normal form, by which a history knows it.
     *
     * @throws AbortException if there is no such server, or no default, or if its address is unusable
     */
    public static String address(@CheckForNull Item item, @CheckForNull String name) throws AbortException {
        return choose(item, name).address().toString();
    }

    /** Its address, for what fits it; empty where there is no such server. */
    public static String url(@CheckForNull Item item, @CheckForNull String name) {
        try {
            return choose(item, name).getUrl();
        } catch (AbortException e) {
            return "";
        }
    }

    /** The name of the default where there is one, for a form to show to who may choose among all of them. */
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
