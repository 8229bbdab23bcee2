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
 * Reads a server from a configuration as code. Two keys tell who may borrow its credential, and their setters are
 * called in any order, so that only this class sees both. A list restricts, even an empty one. A flag that contradicts
 * the list is an error.
 */
@OptionalExtension(requirePlugins = "configuration-as-code")
@Restricted(NoExternalUse.class)
public final class ServerConfigurator extends DataBoundConfigurator<MetaKraftwerkServer> {

    private static final String RESTRICTED = "usageRestricted";
    private static final String LIST = "allowedItems";

    public ServerConfigurator() {
        super(MetaKraftwerkServer.class);
    }

    /** Also called for a configuration that is only checked. */
    @Override
    protected void configure(Mapping block, MetaKraftwerkServer server, boolean dryRun, ConfigurationContext context)
            throws ConfiguratorException {
        // Read first, since the call below removes what it reads from the block.
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
