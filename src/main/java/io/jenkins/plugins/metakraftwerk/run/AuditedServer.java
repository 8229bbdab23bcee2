package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Settings of a server that decide about deployments, as they were at some time.
 *
 * @param usage {@code all} or {@code listed}; null before the server exists
 * @param frozen the reason; null if it is not frozen
 */
record AuditedServer(String url, String credentialsId, String usage, List<String> allowedItems, String frozen) {

    static Map<String, AuditedServer> all(List<MetaKraftwerkServer> servers) {
        Map<String, AuditedServer> known = new LinkedHashMap<>();
        servers.forEach(server -> known.put(server.getName(), from(server)));
        return known;
    }

    static AuditedServer from(MetaKraftwerkServer server) {
        return new AuditedServer(
                url(server.getUrl()),
                server.getCredentialsId(),
                server.isUsageRestricted() ? "listed" : "all",
                server.getAllowedItems(),
                server.getFrozen());
    }

    /** Returns the address in its normal form, or "?": an address that cannot be parsed may contain a password. */
    private static String url(String configured) {
        try {
            return ServerUrl.parse(configured).toString();
        } catch (MetaKraftwerkException e) {
            return "?";
        }
    }

    AuditedServer withItems(List<String> names) {
        return new AuditedServer(url, credentialsId, usage, names, frozen);
    }

    /** Returns a line for each change since an earlier time. */
    List<ServerChangeLine> changes(String name, @CheckForNull AuditedServer earlier) {
        List<ServerChangeLine> changes = new ArrayList<>();
        if (earlier == null) {
            changes.add(ServerChangeLine.byCurrentUser("serverAdded", name, url, null, null));
        }
        AuditedServer before = earlier == null ? new AuditedServer(url, null, null, List.of(), null) : earlier;
        difference("urlChanged", name, before.url, url, changes);
        difference("credentialChanged", name, before.credentialsId, credentialsId, changes);
        difference("usageChanged", name, before.usage, usage, changes);
        before.allowedItems.stream()
                .filter(item -> !allowedItems.contains(item))
                .forEach(item -> changes.add(ServerChangeLine.byCurrentUser("entryRemoved", name, url, item, null)));
        allowedItems.stream()
                .filter(item -> !before.allowedItems.contains(item))
                .forEach(item -> changes.add(ServerChangeLine.byCurrentUser("entryAdded", name, url, null, item)));
        if (!Objects.equals(before.frozen, frozen)) {
            String event = frozen == null ? "thawed" : "frozen";
            changes.add(ServerChangeLine.byCurrentUser(event, name, url, before.frozen, null, null, frozen));
        }
        return changes;
    }

    private void difference(String event, String name, String from, String to, List<ServerChangeLine> changes) {
        if (!Objects.equals(from, to)) {
            changes.add(ServerChangeLine.byCurrentUser(event, name, url, from, to));
        }
    }
}
