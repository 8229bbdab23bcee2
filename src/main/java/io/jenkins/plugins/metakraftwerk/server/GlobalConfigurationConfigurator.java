package io.jenkins.plugins.metakraftwerk.server;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.BaseConfigurator;
import io.jenkins.plugins.casc.ConfigurationContext;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Reads the configuration as code. Refuses what the form refuses, before anything is set. The setters cannot check
 * this: each sees one value only, in any order.
 */
@OptionalExtension(requirePlugins = "configuration-as-code")
@Restricted(NoExternalUse.class)
public final class GlobalConfigurationConfigurator extends BaseConfigurator<MetaKraftwerkGlobalConfiguration> {

    private static final String DEFAULT = "defaultServer";

    @Override
    public Class<MetaKraftwerkGlobalConfiguration> getTarget() {
        return MetaKraftwerkGlobalConfiguration.class;
    }

    @Override
    protected MetaKraftwerkGlobalConfiguration instance(Mapping block, ConfigurationContext context) {
        return MetaKraftwerkGlobalConfiguration.get();
    }

    /** Also called for a configuration that is only checked. */
    @Override
    protected void configure(
            Mapping block, MetaKraftwerkGlobalConfiguration instance, boolean dryRun, ConfigurationContext context)
            throws ConfiguratorException {
        for (NumberField field : MetaKraftwerkGlobalConfiguration.NUMBERS) {
            CNode number = ServerConfigurator.find(block, field.name());
            if (number != null) {
                refuseOutOfRange(field, number, context);
            }
        }
        CNode chosen = ServerConfigurator.find(block, DEFAULT);
        if (chosen != null) {
            refuseUnknown(chosen, names(block, instance, context), context);
        }
        super.configure(block, instance, dryRun, context);
    }

    private void refuseOutOfRange(NumberField field, CNode number, ConfigurationContext context)
            throws ConfiguratorException {
        String text = text(number, context);
        if (field.check(text).kind == FormValidation.Kind.ERROR) {
            String message = Messages.code_range(field.name(), text, field.least(), field.most());
            throw ConfiguratorException.from(number, this, field.name(), message, null);
        }
    }

    private void refuseUnknown(CNode chosen, List<String> names, ConfigurationContext context)
            throws ConfiguratorException {
        String name = Util.fixEmptyAndTrim(text(chosen, context));
        if (name != null && !names.contains(name)) {
            String message = names.isEmpty()
                    ? Messages.code_noServer(name)
                    : Messages.code_unknownDefault(name, String.join(", ", names));
            throw ConfiguratorException.from(chosen, this, DEFAULT, message, null);
        }
    }

    /** Returns the names of the servers that will be configured. */
    private static List<String> names(
            Mapping block, MetaKraftwerkGlobalConfiguration instance, ConfigurationContext context)
            throws ConfiguratorException {
        CNode servers = ServerConfigurator.find(block, "servers");
        if (servers == null) {
            return instance.getServers().stream()
                    .map(MetaKraftwerkServer::getName)
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (CNode server : servers.asSequence()) {
            CNode name = ServerConfigurator.find(server.asMapping(), "name");
            if (name != null) {
                names.add(text(name, context).strip());
            }
        }
        return names;
    }

    private static String text(CNode node, ConfigurationContext context) throws ConfiguratorException {
        return context.getSecretSourceResolver().resolve(node.asScalar().getValue());
    }
}
