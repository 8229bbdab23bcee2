package io.jenkins.plugins.metakraftwerk.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.github.benmanes.caffeine.cache.Ticker;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.util.FormFillFailure;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What the drop-down lists of the build step and of the Pipeline steps offer. A list from the server spends a
 * credential, so it is made only for those who may use the item's credentials.
 */
@Restricted(NoExternalUse.class)
public final class DropDowns {

    /** Changed by tests only, to which the clock of the cache must belong. */
    static volatile Lister lister = new Lister(Ticker.systemTicker());

    private final Item item;
    private final boolean offerParameters;

    private DropDowns(@CheckForNull Item item, boolean offerParameters) {
        this.item = item;
        this.offerParameters = offerParameters;
    }

    /** For a form of a job whose build variables are expanded: its parameters are offered too. */
    public static DropDowns withParameters(@CheckForNull Item item) {
        return new DropDowns(item, true);
    }

    /** @param item null for the Snippet Generator at the root */
    public static DropDowns of(@CheckForNull Item item) {
        return new DropDowns(item, false);
    }

    /** The configured servers by name, the default first; names are nothing that a user of a job may not know. */
    public ListBoxModel servers(String current) {
        ListBoxModel list = new ListBoxModel();
        if (!maySpend() && !mayConfigure()) {
            return keep(list, current, Messages.list_current(Util.fixNull(current)));
        }
        List<MetaKraftwerkServer> servers =
                MetaKraftwerkGlobalConfiguration.get().getServers();
        list.add(servers.isEmpty() ? "" : Messages.list_default(servers.get(0).getName()), "");
        servers.forEach(server -> list.add(server.getName(), server.getName()));
        return keep(list, current, Messages.list_serverGone(Util.fixNull(current)));
    }

    public ListBoxModel credentials(String server, String current) {
        String url = MetaKraftwerkGlobalConfiguration.get()
                .server(server)
                .map(MetaKraftwerkServer::getUrl)
                .orElse("");
        return ServerCredentials.itemList(item, url, current);
    }

    public ListBoxModel patterns(String server, String credentialsId, String current) throws FormFillFailure {
        return list(lister.patterns(client(server, credentialsId)), current);
    }

    /** @param patternId asked for where the name is blank; with neither, there is nothing to offer */
    public ListBoxModel deployments(
            String server, String credentialsId, String pattern, String patternId, String current)
            throws FormFillFailure {
        boolean byId = Util.fixEmptyAndTrim(pattern) == null;
        String parent = Util.fixNull(byId ? patternId : pattern).strip();
        if (parent.isEmpty() || parent.contains("${") || (byId && !parent.matches("\\d{1,18}"))) {
            requireMaySpend();
            return list(Choices.of(List.of()), current, Util.fixNull(current));
        }
        return list(lister.deployments(client(server, credentialsId), parent, byId), current);
    }

    public ListBoxModel agentGroups(String server, String credentialsId, String current) throws FormFillFailure {
        return list(lister.agentGroups(client(server, credentialsId)), current);
    }

    private boolean maySpend() {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    private boolean mayConfigure() {
        return item != null && item.hasPermission(Item.EXTENDED_READ);
    }

    private void requireMaySpend() throws FormFillFailure {
        if (!maySpend()) {
            throw FormFillFailure.error(item == null ? Messages.list_adminOnly() : Messages.list_noPermission());
        }
    }

    private MetaKraftwerkClient client(String server, String credentialsId) throws FormFillFailure {
        requireMaySpend();
        if (Util.fixNull(server).contains("${") || Util.fixNull(credentialsId).contains("${")) {
            throw FormFillFailure.warning(Messages.list_variable());
        }
        try {
            return Connections.ofItem(item, Connections.server(server), credentialsId);
        } catch (AbortException e) {
            throw FormFillFailure.error(e.getMessage());
        }
    }

    private ListBoxModel list(Choices choices, String current) throws FormFillFailure {
        return list(choices, current, Messages.list_notFound(Util.fixNull(current)));
    }

    private ListBoxModel list(Choices choices, String current, String labelIfMissing) throws FormFillFailure {
        String failure = choices.failure();
        if (failure != null) {
            throw FormFillFailure.error(failure);
        }
        ListBoxModel list = new ListBoxModel();
        list.add("", "");
        choices.entries().forEach(choice -> list.add(choice.label(), choice.value()));
        if (offerParameters && item instanceof Job<?, ?> job) {
            addParameters(list, job);
        }
        return keep(list, current, labelIfMissing);
    }

    private static void addParameters(ListBoxModel list, Job<?, ?> job) {
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        if (parameters == null) {
            return;
        }
        for (ParameterDefinition parameter : parameters.getParameterDefinitions()) {
            if (parameter instanceof StringParameterDefinition || parameter instanceof ChoiceParameterDefinition) {
                String variable = "${" + parameter.getName() + "}";
                list.add(Messages.list_parameter(variable), variable);
            }
        }
    }

    /** The stored value is always among the entries, or else a mere Save would change what is deployed. */
    private static ListBoxModel keep(ListBoxModel list, String current, String labelIfMissing) {
        if (current != null && !current.isBlank() && list.stream().noneMatch(option -> option.value.equals(current))) {
            list.add(current.contains("${") ? current : labelIfMissing, current);
        }
        return list;
    }
}
