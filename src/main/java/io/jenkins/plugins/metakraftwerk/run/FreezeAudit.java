package io.jenkins.plugins.metakraftwerk.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.metakraftwerk.server.AtStart;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Notes who freezes a server and who thaws it. */
@Extension
@Restricted(NoExternalUse.class)
public final class FreezeAudit extends SaveableListener {

    /** The reasons by the servers' names, as they were after the last change. */
    private Map<String, String> known = new HashMap<>();

    /** Before a configuration as code is applied, which may change what was stored. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.SYSTEM_CONFIG_LOADED)
    public static void begin() {
        AtStart.alone(
                "Who freezes a server is noted from the next change on",
                () -> ExtensionList.lookupSingleton(FreezeAudit.class).know());
    }

    private synchronized void know() {
        known = frozen();
    }

    private static Map<String, String> frozen() {
        Map<String, String> reasons = new HashMap<>();
        for (MetaKraftwerkServer server : MetaKraftwerkGlobalConfiguration.get().getServers()) {
            reasons.put(server.getName(), server.getFrozen());
        }
        return reasons;
    }

    @Override
    public void onChange(Saveable saved, XmlFile file) {
        if (saved instanceof MetaKraftwerkGlobalConfiguration configuration) {
            compare(configuration);
        }
    }

    private synchronized void compare(MetaKraftwerkGlobalConfiguration configuration) {
        String user = Jenkins.getAuthentication2().getName();
        for (MetaKraftwerkServer server : configuration.getServers()) {
            String reason = server.getFrozen();
            if (!Objects.equals(known.get(server.getName()), reason)) {
                AuditLog.get().add(AuditLine.of(reason == null ? "thawed" : "frozen", user, server, reason));
            }
        }
        known = frozen();
    }
}
