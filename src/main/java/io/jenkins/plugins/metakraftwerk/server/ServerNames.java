package io.jenkins.plugins.metakraftwerk.server;

import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What servers are called today, of which an earlier name is stored. */
@Restricted(NoExternalUse.class)
public final class ServerNames {

    private ServerNames() {}

    /**
     * The name of the server that has an address.
     *
     * @param stored what it was called then; its name as long as one of that address has it, or none has the address
     * @param url in its normal form
     */
    public static String now(String stored, String url) {
        List<String> there = MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(server -> url.equals(server.normalUrl()))
                .map(MetaKraftwerkServer::getName)
                .toList();
        return there.isEmpty() || there.contains(stored) ? stored : there.get(0);
    }
}
