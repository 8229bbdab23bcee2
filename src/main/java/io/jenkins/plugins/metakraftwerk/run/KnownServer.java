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
 * What decides about deployments to a server, as it was at some time.
 *
 * @param usage {@code all} or {@code listed}; null before there is such a server
 * @param frozen why; null where it is not
 */
record KnownServer(String url, String credentialsId, String usage, List<String> allowedItems, String frozen) {

    static Map<String, KnownServer> all(List<MetaKraftwerkServer> servers) {
        Map<String, KnownServer> known = new LinkedHashMap<>();
        servers.forEach(server -> known.put(server.getName(), of(server)));
        return known;
    }

    static KnownServer of(MetaKraftwerkServer server) {
        return new KnownServer(
                url(server.getUrl()),
                server.getCredentialsId(),
                server.isUsageRestricted() ? "listed" : "all",
                server.getAllowedItems(),
                server.getFrozen());
    }

    /** One that is refused may hold a password. */
    private static String url(String configured) {
        try {
            return ServerUrl.parse(configured).toString();
        } catch (MetaKraftwerkException e) {
            return "?";
        }
    }

    KnownServer withItems(List<String> names) {
        return new KnownServer(url, credentialsId, usage, names, frozen);
    }

    /** What has happened since. */
    List<ChangedServer> changes(String name, @CheckForNull KnownServer earlier) {
        List<ChangedServer> changes = new ArrayList<>();
        if (earlier == null) {
            changes.add(ChangedServer.of("serverAdded", name, url, null, null));
        }
        KnownServer before = earlier == null ? new KnownServer(url, null, null, List.of(), null) : earlier;
        difference("urlChanged", name, before.url, url, changes);
        difference("credentialChanged", name, before.credentialsId, credentialsId, changes);
        difference("usageChanged", name, before.usage, usage, changes);
        before.allowedItems.stream()
                .filter(item -> !allowedItems.contains(item))
                .forEach(item -> changes.add(ChangedServer.of("entryRemoved", name, url, item, null)));
        allowedItems.stream()
                .filter(item -> !before.allowedItems.contains(item))
                .forEach(item -> changes.add(ChangedServer.of("entryAdded", name, url, null, item)));
        if (!Objects.equals(before.frozen, frozen)) {
            String event = frozen == null ? "thawed" : "frozen";
            changes.add(ChangedServer.of(event, name, url, before.frozen, null, null, frozen));
        }
        return changes;
    }

    private void difference(String event, String name, String from, String to, List<ChangedServer> changes) {
        if (!Objects.equals(from, to)) {
            changes.add(ChangedServer.of(event, name, url, from, to));
        }
    }
}
