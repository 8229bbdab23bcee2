package io.jenkins.plugins.metakraftwerk.server;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds the present name of a server of which an earlier name is stored. */
@Restricted(NoExternalUse.class)
public final class ServerNames {

    private ServerNames() {}

    /**
     * Returns the name of the server that has an address.
     *
     * @param stored the stored name; returned if a server of that address still has it, or if no server has the address
     * @param url the address in its normal form
     */
    public static String now(String stored, String url) {
        List<String> names = MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(server -> url.equals(server.normalUrl()))
                .map(MetaKraftwerkServer::getName)
                .toList();
        return names.isEmpty() || names.contains(stored) ? stored : names.get(0);
    }
}
