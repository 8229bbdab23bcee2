package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.impl.configurators.DataBoundConfigurator;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.Objects;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads a server from a configuration as code. Who may borrow its credential is said by two keys, which are set in any
 * order, so that only here both are seen: a list restricts, also an empty one, and whoever says the opposite beside it is
 * asked what is meant.
 */
@OptionalExtension(requirePlugins = "configuration-as-code")
@Restricted(NoExternalUse.class)
public final class ServerConfigurator extends DataBoundConfigurator<MetaKraftwerkServer> {

    private static final String RESTRICTED = "usageRestricted";
    private static final String LIST = "allowedItems";

    public ServerConfigurator() {
        super(MetaKraftwerkServer.class);
    }

    /** Also of a configuration that is only checked. */
    @Override
    protected void configure(Mapping block, MetaKraftwerkServer server, boolean dryRun, ConfigurationContext context)
            throws ConfiguratorException {
        // What has been read is no longer in the block.
        boolean listed = find(block, LIST) != null;
        CNode flag = find(block, RESTRICTED);
        super.configure(block, server, dryRun, context);
        if (listed && flag != null && !server.saysRestricted()) {
            throw ConfiguratorException.from(
                    flag, this, RESTRICTED, Messages.allowed_contradiction(server.getName()), null);
        }
        if (listed) {
            server.setUsageRestricted(true);
        }
    }

    @CheckForNull
    static CNode find(Mapping block, String key) {
        return block.keySet().stream()
                .filter(key::equalsIgnoreCase)
                .map(block::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
