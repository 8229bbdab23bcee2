package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** Finds the credentials that the plugin can use, and decides where each may be looked up. */
@Restricted(NoExternalUse.class)
public final class ServerCredentials {

    private static final CredentialsMatcher USABLE = CredentialsMatchers.anyOf(
            CredentialsMatchers.instanceOf(StringCredentials.class),
            CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class));

    private ServerCredentials() {}

    /** Lists the credentials that an administrator can choose for a server. Other users see only the current value. */
    static ListBoxModel systemList(String url, String current) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return list.includeCurrentValue(Util.fixNull(current));
        }
        list.add(Messages.credential_instead_jobs(), "");
        list.includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, requirements(url), USABLE)
                .includeCurrentValue(Util.fixNull(current));
        return withDistinctNames(list);
    }

    /**
     * Lists the credentials that can be chosen in a job or, if the item is null, in the Snippet Generator at the root.
     *
     * @param instead the label of the empty entry, see {@link NoCredential}
     */
    public static ListBoxModel itemList(@CheckForNull Item item, String url, String current, String instead) {
        StandardListBoxModel list = new StandardListBoxModel();
        if (!mayChoose(item)) {
            return list.includeCurrentValue(Util.fixNull(current));
        }
        list.add(instead, "");
        for (Authentication authentication : authentications(item)) {
            list.includeMatchingAs(authentication, item, StandardCredentials.class, requirements(url), USABLE);
        }
        return withDistinctNames(list.includeCurrentValue(Util.fixNull(current)));
    }

    /** Adds ids to equal names: two log-ins of the same user have the same name. */
    private static ListBoxModel withDistinctNames(ListBoxModel list) {
        Map<String, Long> names =
                list.stream().collect(Collectors.groupingBy(option -> option.name, Collectors.counting()));
        list.stream()
                .filter(option -> names.get(option.name) > 1)
                .forEach(option -> option.name = Messages.credential_named(option.name, option.value));
        return list;
    }

    /** Returns true if the user may choose a credential there, and so see the list. */
    static boolean mayChoose(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /** Returns true if the user may use a credential there, as each request to the server does. */
    public static boolean maySpend(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * Returns the users whose permissions count when builds of an item look up a credential: first their own user, if
     * they have one.
     */
    private static List<Authentication> authentications(@CheckForNull Item item) {
        if (!(item instanceof Queue.Task task)) {
            return List.of(ACL.SYSTEM2);
        }
        Authentication own = Tasks.getAuthenticationOf2(task);
        boolean both = !own.equals(ACL.SYSTEM2) && item.getACL().hasPermission2(own, CredentialsProvider.USE_ITEM);
        return both ? List.of(own, ACL.SYSTEM2) : List.of(own);
    }

    static List<DomainRequirement> requirements(String url) {
        return URIRequirementBuilder.fromUri(Util.fixNull(url)).build();
    }

    /** Returns the credential of a server from the system store, which also has those of scope SYSTEM. */
    static StandardCredentials ofServer(MetaKraftwerkServer server) throws AbortException {
        String id = server.getCredentialsId();
        if (id == null) {
            throw new AbortException(Messages.credential_none(server.getName()));
        }
        return ofSystem(id, server);
    }

    /** Returns a credential that is, or was, configured for a server. */
    static StandardCredentials ofSystem(String id, MetaKraftwerkServer server) throws AbortException {
        StandardCredentials credential = inSystem(id, server);
        if (credential == null && !server.getName().isEmpty()) {
            throw new AbortException(Messages.credential_ofServer(
                    Messages.credential_notFound(id, Messages.credential_where_system()), server.getName()));
        }
        return usable(id, credential, Messages.credential_where_system());
    }

    @CheckForNull
    private static StandardCredentials inSystem(String id, MetaKraftwerkServer server) {
        return inSystem(id, server.getUrl());
    }

    @CheckForNull
    private static StandardCredentials inSystem(String id, String url) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements(url));
    }

    /** Returns true if every job can use the credential by itself, so that it is useless to lend it to only some. */
    static boolean isForEveryJob(@CheckForNull String id, String url) {
        StandardCredentials credential = Util.fixEmptyAndTrim(id) == null ? null : inSystem(id, url);
        return credential != null && !isOfScopeSystem(credential);
    }

    /** Returns the credential that a folder names, as a job directly in the folder would find it. */
    static StandardCredentials ofFolder(@CheckForNull String folder, String id, MetaKraftwerkServer server)
            throws AbortException {
        Item owner = folder == null ? null : Jenkins.get().getItemByFullName(folder, Item.class);
        StandardCredentials credential = owner == null
                ? null
                : CredentialsProvider.findCredentialByIdInItem(
                        id, StandardCredentials.class, owner, ACL.SYSTEM2, requirements(server.getUrl()));
        return usable(id, credential, Messages.credential_where_item(Util.fixNull(folder)));
    }

    /** Returns the credential that a job names, looked up as the user of its build. */
    static StandardCredentials ofRun(Run<?, ?> run, String id, MetaKraftwerkServer server) throws AbortException {
        StandardCredentials credential = CredentialsProvider.findCredentialById(
                id, StandardCredentials.class, run, requirements(server.getUrl()));
        if (credential == null && isOfScopeSystem(inSystem(id, server))) {
            throw new RefusedException(Messages.credential_scopeSystem(id));
        }
        return usable(
                id, credential, Messages.credential_where_item(run.getParent().getFullDisplayName()));
    }

    private static boolean isOfScopeSystem(@CheckForNull StandardCredentials credential) {
        return credential != null && credential.getScope() == CredentialsScope.SYSTEM;
    }

    /** Returns the credential that a form names, looked up as the builds of the item would. */
    static StandardCredentials ofItem(@CheckForNull Item item, String id, MetaKraftwerkServer server)
            throws AbortException {
        StandardCredentials credential = authentications(item).stream()
                .map(authentication -> CredentialsProvider.findCredentialByIdInItem(
                        id, StandardCredentials.class, item, authentication, requirements(server.getUrl())))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return usable(
                id,
                credential,
                item == null
                        ? Messages.credential_where_system()
                        : Messages.credential_where_item(item.getFullDisplayName()));
    }

    private static StandardCredentials usable(String id, @CheckForNull StandardCredentials credential, String where)
            throws AbortException {
        if (credential == null) {
            throw new AbortException(Messages.credential_notFound(id, where));
        }
        if (!USABLE.matches(credential)) {
            throw new AbortException(Messages.credential_kind(id));
        }
        return credential;
    }
}
