package io.jenkins.plugins.metakraftwerk.server;

import hudson.Extension;
import hudson.model.AdministrativeMonitor;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Tells administrators of servers that are stored with a contradiction, so that they decide: the flag lets every job
 * borrow the credential, and a list names only some.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ContradictionMonitor extends AdministrativeMonitor {

    @Override
    public String getDisplayName() {
        return Messages.contradiction_displayName();
    }

    @Override
    public boolean isActivated() {
        return !contradictory().isEmpty();
    }

    public String getText() {
        return Messages.contradiction_text(String.join(", ", contradictory()));
    }

    private static List<String> contradictory() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().stream()
                .filter(MetaKraftwerkServer::isContradictory)
                .map(MetaKraftwerkServer::getName)
                .toList();
    }
}
