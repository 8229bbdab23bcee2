package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.metakraftwerk.server.AllowedItemsFollower;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.StartupTask;
import java.util.HashMap;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Notes in the audit log who changes which settings of servers that decide about deployments. */
@Extension
@Restricted(NoExternalUse.class)
public final class ServerAudit extends SaveableListener implements AllowedItemsFollower {

    /** Servers by name, as they were after the last change. */
    private Map<String, AuditedServer> known = new HashMap<>();

    /** Reads the stored servers, before a configuration as code is applied that may change them. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void begin() {
        StartupTask.alone(
                "The servers that are configured are noted as new ones with the next change",
                () -> ExtensionList.lookupSingleton(ServerAudit.class).readServers());
    }

    private synchronized void readServers() {
        known = AuditedServer.all(MetaKraftwerkGlobalConfiguration.get().getServers());
    }

    @Override
    public void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof MetaKraftwerkGlobalConfiguration configuration) {
            compare(AuditedServer.all(configuration.getServers()));
        }
    }

    private synchronized void compare(Map<String, AuditedServer> now) {
        known.forEach((name, removed) -> {
            if (!now.containsKey(name)) {
                AuditLog.get()
                        .add(ServerChangeLine.byCurrentUser(
                                "serverRemoved", name, removed.url(), null, null, null, removed.frozen()));
            }
        });
        now.forEach((name, server) -> server.changes(name, known.get(name)).forEach(AuditLog.get()::add));
        known = now;
    }

    /** Writes one line for any number of entries: a user who may rename a folder may do so in a loop. */
    @Override
    public synchronized void followed(MetaKraftwerkServer server, String from, @CheckForNull String to) {
        AuditedServer before = known.get(server.getName());
        if (before == null) {
            return;
        }
        AuditedServer now = before.withItems(server.getAllowedItems());
        long changed = before.allowedItems().stream()
                .filter(item -> !now.allowedItems().contains(item))
                .count();
        known.put(server.getName(), now);
        String event = to == null ? "entriesRemoved" : "entriesMoved";
        AuditLog.get()
                .add(ServerChangeLine.byCurrentUser(event, server.getName(), now.url(), from, to, (int) changed, null));
    }
}
