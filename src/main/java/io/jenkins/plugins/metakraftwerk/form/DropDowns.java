package io.jenkins.plugins.metakraftwerk.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.ChoiceParameterDefinition;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.IdParser;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.NoCredential;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.server.ServerCredentials;
import io.jenkins.plugins.metakraftwerk.server.WebRequestWait;
import java.util.function.Predicate;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Fills the drop-down lists of the build step and of the Pipeline steps. A list of the server uses a credential, so it
 * is made only for users who may use the credentials of the item.
 */
@Restricted(NoExternalUse.class)
public final class DropDowns {

    private final Item item;

    /**
     * True if the job expands build variables in the stored text, so that a dollar sign in a name is stored escaped.
     */
    private final boolean takesVariables;

    private DropDowns(@CheckForNull Item item, boolean takesVariables) {
        this.item = item;
        this.takesVariables = takesVariables;
    }

    /** Makes the lists for a form of a job that expands build variables. They also offer the parameters of the job. */
    public static DropDowns withParameters(@CheckForNull Item item) {
        return new DropDowns(item, true);
    }

    /**
     * Makes the lists for a form whose text goes into a script.
     *
     * @param item null for the Snippet Generator at the root
     */
    public static DropDowns forItem(@CheckForNull Item item) {
        return new DropDowns(item, false);
    }

    /** Lists the configured servers by name. Users of a job may know the names. */
    public ListBoxModel servers() {
        ListBoxModel list = new ListBoxModel();
        if (maySpend() || mayConfigure()) {
            MetaKraftwerkGlobalConfiguration.get()
                    .getServers()
                    .forEach(server -> list.add(server.getName(), stored(server.getName())));
        }
        return list;
    }

    /** @param current the stored value, which is always among the entries, so that a mere Save does not change it */
    public ListBoxModel credentials(String server, String current) {
        String url = ServerChoice.url(item, literal(server));
        // The text with the variable stays as it is, since no server has such a name.
        String instead = NoCredential.label(item, isVariable(server) ? server : literal(server));
        if (!takesVariables) {
            return ServerCredentials.itemList(item, url, current, instead);
        }
        boolean plain = !Util.fixNull(current).contains("$");
        ListBoxModel list = ServerCredentials.itemList(item, url, plain ? current : "", instead);
        list.forEach(option -> option.value = stored(option.value));
        if (!plain && list.stream().noneMatch(option -> option.value.equals(current))) {
            list.add(current, current);
        }
        return list;
    }

    public ListBoxModel patterns(String server, String credentialsId) throws ListUnavailableException {
        return list(FormCaches.lists().patterns(client(server, credentialsId)));
    }

    /** @param patternId used if the name is blank */
    public ListBoxModel deployments(String server, String credentialsId, String pattern, String patternId)
            throws ListUnavailableException {
        boolean byId = Util.fixEmptyAndTrim(pattern) == null;
        String parent = Util.fixNull(byId ? patternId : pattern).strip();
        requireMaySpend();
        if (isVariable(parent)) {
            throw new ListUnavailableException(Messages.list_patternVariable());
        }
        if (parent.isEmpty() || (byId && IdParser.read(parent).isEmpty())) {
            throw new ListUnavailableException(Messages.list_patternFirst());
        }
        return list(FormCaches.lists().deployments(client(server, credentialsId), literal(parent), byId));
    }

    public ListBoxModel projects(String server, String credentialsId) throws ListUnavailableException {
        return list(FormCaches.lists().projects(client(server, credentialsId)));
    }

    public ListBoxModel agentGroups(String server, String credentialsId) throws ListUnavailableException {
        return list(FormCaches.lists().agentGroups(client(server, credentialsId)));
    }

    public ListBoxModel agents(String server, String credentialsId) throws ListUnavailableException {
        return list(FormCaches.lists().agents(client(server, credentialsId)));
    }

    /**
     * Lists the parameters of the job, first those that choose a build, and then the builds.
     *
     * @param pattern the pattern that the builds contain; any if it is blank or contains a variable
     * @param patternId used if the name is blank
     * @param alsoRunning true to list unfinished builds too
     */
    public ListBoxModel builds(
            String server, String credentialsId, String pattern, String patternId, boolean alsoRunning)
            throws ListUnavailableException {
        LocalizedList builds =
                FormCaches.lists().builds(client(server, credentialsId), containing(pattern, patternId), alsoRunning);
        ListBoxModel list = new ListBoxModel();
        addParameters(list, BuildIdParameter.class::isInstance);
        // Before the builds, since a page shows only some of these.
        addParameters(list, DropDowns::isOfText);
        addEntries(list, builds);
        return list;
    }

    private BuildFilter containing(String pattern, String patternId) throws ListUnavailableException {
        String name = isVariable(pattern) ? "" : literal(pattern);
        boolean byId = Util.fixEmptyAndTrim(pattern) == null
                && IdParser.read(patternId).isPresent();
        try {
            return BuildFilter.builder().pattern(name, byId ? patternId : null).build();
        } catch (MetaKraftwerkException e) {
            throw new ListUnavailableException(WebRequestWait.message(e, LocaleProvider.getLocale()));
        }
    }

    /** Returns true if the user may use the credentials of the item. */
    boolean maySpend() {
        return ServerCredentials.maySpend(item);
    }

    private boolean mayConfigure() {
        return item != null && item.hasPermission(Item.EXTENDED_READ);
    }

    private void requireMaySpend() throws ListUnavailableException {
        if (!maySpend()) {
            throw new ListUnavailableException(item == null ? Messages.list_adminOnly() : Messages.list_noPermission());
        }
    }

    private MetaKraftwerkClient client(String server, String credentialsId) throws ListUnavailableException {
        requireMaySpend();
        if (isVariable(server) || isVariable(credentialsId)) {
            throw new ListUnavailableException(Messages.list_variable());
        }
        try {
            return Connections.ofItem(item, literal(server), literal(credentialsId));
        } catch (AbortException e) {
            throw new ListUnavailableException(e.getMessage());
        }
    }

    private ListBoxModel list(LocalizedList choices) throws ListUnavailableException {
        ListBoxModel list = new ListBoxModel();
        addEntries(list, choices);
        addParameters(list, DropDowns::isOfText);
        return list;
    }

    private void addEntries(ListBoxModel list, LocalizedList choices) throws ListUnavailableException {
        String failure = choices.failure();
        if (failure != null) {
            throw new ListUnavailableException(failure);
        }
        choices.entries().forEach(choice -> list.add(choice.label(), stored(choice.value())));
    }

    private static boolean isOfText(ParameterDefinition parameter) {
        return parameter instanceof StringParameterDefinition || parameter instanceof ChoiceParameterDefinition;
    }

    private void addParameters(ListBoxModel list, Predicate<ParameterDefinition> fits) {
        if (takesVariables && item instanceof Job<?, ?> job) {
            ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
            if (parameters != null) {
                parameters.getParameterDefinitions().stream().filter(fits).forEach(parameter -> {
                    String variable = "${" + parameter.getName() + "}";
                    list.add(Messages.list_parameter(variable), variable);
                });
            }
        }
    }

    /** Returns the text that a job stores for a chosen name. */
    private String stored(String name) {
        return takesVariables ? Macros.escape(name) : name;
    }

    /** Returns the name that a stored value without variables stands for. */
    String literal(@CheckForNull String stored) {
        String text = Util.fixNull(stored);
        return takesVariables ? Macros.literal(text) : text;
    }

    boolean isVariable(@CheckForNull String stored) {
        String text = Util.fixNull(stored);
        return takesVariables ? Macros.hasVariable(text) : text.contains("${");
    }
}
