package io.jenkins.plugins.metakraftwerk.server;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import jenkins.util.Listeners;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Global configuration: the MetaKraftwerk servers that jobs may use, the default server, and limits. */
@Extension
@Symbol("metaKraftwerk")
@Restricted(NoExternalUse.class)
public class MetaKraftwerkGlobalConfiguration extends GlobalConfiguration implements PersistentDescriptor {

    private static final NumberField RETRY =
            new NumberField("retrySeconds", 120, 0, 86_400, most -> Messages.retrySeconds_range(most));
    private static final NumberField PER_TARGET =
            new NumberField("historyPerTarget", 200, 1, 10_000, most -> Messages.history_range(most));
    private static final NumberField TARGETS =
            new NumberField("historyTargets", 500, 1, 10_000, most -> Messages.history_range(most));
    private static final NumberField AUDIT_FILES =
            new NumberField("auditFiles", 10, 2, 100, most -> Messages.auditFiles_range(most));
    private static final NumberField AUDIT_MEGABYTES =
            new NumberField("auditMegabytes", 10, 1, 1_000, most -> Messages.auditMegabytes_range(most));

    static final List<NumberField> NUMBERS = List.of(RETRY, PER_TARGET, TARGETS, AUDIT_FILES, AUDIT_MEGABYTES);

    // Volatile, so that it is read without the lock. That is held during a save, and the thread of a Pipeline must not
    // wait for a disk.
    private volatile List<MetaKraftwerkServer> servers = new ArrayList<>();
    private volatile String defaultServer;
    private int retrySeconds = RETRY.usual();
    private int historyPerTarget = PER_TARGET.usual();
    private int historyTargets = TARGETS.usual();
    private int auditFiles = AUDIT_FILES.usual();
    private int auditMegabytes = AUDIT_MEGABYTES.usual();

    public static MetaKraftwerkGlobalConfiguration get() {
        return ExtensionList.lookupSingleton(MetaKraftwerkGlobalConfiguration.class);
    }

    @NonNull
    public List<MetaKraftwerkServer> getServers() {
        return List.copyOf(servers);
    }

    /** @throws IllegalArgumentException if a name is missing or given twice, or a URL is unusable */
    @DataBoundSetter
    public void setServers(List<MetaKraftwerkServer> servers) {
        List<MetaKraftwerkServer> configured = servers == null ? List.of() : servers;
        complaint(configured).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        synchronized (this) {
            this.servers = new ArrayList<>(configured);
            save();
        }
    }

    /**
     * Returns the name of the default server; null if none is set. If there is only one server, that is the default.
     */
    @CheckForNull
    public String getDefaultServer() {
        return defaultServer;
    }

    /** Sets the default server. Its name is checked when it is used, since the setters may be called in any order. */
    @DataBoundSetter
    public void setDefaultServer(String defaultServer) {
        this.defaultServer = TextLengthCheck.kept("defaultServer", defaultServer);
        save();
    }

    /**
     * Updates the entries that name an item or an item below it, after it was renamed, moved or deleted.
     *
     * @param from the old full name of the item
     * @param to its new full name; null if it was deleted
     */
    synchronized void follow(String from, @CheckForNull String to) {
        List<MetaKraftwerkServer> changed = servers.stream()
                .filter(server -> updateEntries(server, from, to))
                .toList();
        if (!changed.isEmpty()) {
            Listeners.notify(
                    AllowedItemsFollower.class,
                    false,
                    follower -> changed.forEach(server -> follower.followed(server, from, to)));
            // Makes the changes inside of the servers visible to all threads.
            servers = new ArrayList<>(servers);
            save();
        }
    }

    private static boolean updateEntries(MetaKraftwerkServer server, String from, @CheckForNull String to) {
        return server.changeAllowedItems(items -> to == null ? items.without(from) : items.moved(from, to));
    }

    /** Returns the time limit for retries of a run, in seconds; 0 means no retries. */
    public int getRetrySeconds() {
        return retrySeconds;
    }

    @DataBoundSetter
    public void setRetrySeconds(int retrySeconds) {
        this.retrySeconds = RETRY.bounded(retrySeconds);
        save();
    }

    public Duration retryLimit() {
        return Duration.ofSeconds(retrySeconds);
    }

    /** Returns how many attempts a job keeps for each target; at least 1. */
    public int getHistoryPerTarget() {
        return historyPerTarget;
    }

    @DataBoundSetter
    public void setHistoryPerTarget(int historyPerTarget) {
        this.historyPerTarget = PER_TARGET.bounded(historyPerTarget);
        save();
    }

    /** Returns how many targets a job keeps; at least 1. */
    public int getHistoryTargets() {
        return historyTargets;
    }

    @DataBoundSetter
    public void setHistoryTargets(int historyTargets) {
        this.historyTargets = TARGETS.bounded(historyTargets);
        save();
    }

    /** Returns how many files the audit log keeps of each kind; at least 2. */
    public int getAuditFiles() {
        return auditFiles;
    }

    @DataBoundSetter
    public void setAuditFiles(int auditFiles) {
        this.auditFiles = AUDIT_FILES.bounded(auditFiles);
        save();
    }

    /** Returns the maximum size of a file of the audit log, in MiB. */
    public int getAuditMegabytes() {
        return auditMegabytes;
    }

    @DataBoundSetter
    public void setAuditMegabytes(int auditMegabytes) {
        this.auditMegabytes = AUDIT_MEGABYTES.bounded(auditMegabytes);
        save();
    }

    /**
     * Returns the server of a name; for a blank name the default server, if there is one. If only one server is
     * configured, it is the default.
     */
    public Optional<MetaKraftwerkServer> server(@CheckForNull String name) {
        List<MetaKraftwerkServer> current = servers;
        String named = Util.fixEmptyAndTrim(name);
        if (named == null && current.size() == 1) {
            return Optional.of(current.get(0));
        }
        String wanted = named == null ? defaultServer : named;
        return current.stream()
                .filter(server -> server.getName().equals(wanted))
                .findFirst();
    }

    /**
     * Returns the server that somebody chose.
     *
     * @param name blank for the default
     * @throws AbortException if there is no server of that name, or no default
     */
    public MetaKraftwerkServer chosen(@CheckForNull String name) throws AbortException {
        List<MetaKraftwerkServer> current = servers;
        if (current.isEmpty()) {
            throw new AbortException(Messages.server_none());
        }
        Optional<MetaKraftwerkServer> chosen = server(name);
        if (chosen.isPresent()) {
            return chosen.get();
        }
        String names = current.stream().map(MetaKraftwerkServer::getName).collect(Collectors.joining(", "));
        if (Util.fixEmptyAndTrim(name) != null) {
            throw new AbortException(Messages.server_unknown(name, names));
        }
        String unknown = defaultServer;
        TextLengthCheck.require("defaultServer", unknown);
        throw new AbortException(
                unknown == null ? Messages.server_noDefault(names) : Messages.server_defaultUnknown(unknown, names));
    }

    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        // Binds a copy first, so that a refused form changes nothing.
        List<MetaKraftwerkServer> typed =
                req.bindJSONToList(MetaKraftwerkServer.class, ServerForm.tidy(json.get("servers")));
        Optional<String> complaint = complaint(typed);
        if (complaint.isPresent()) {
            throw new FormException(complaint.get(), "servers");
        }
        Optional<String> tooLong = TextLengthCheck.complaint("defaultServer", json.optString("defaultServer"));
        if (tooLong.isPresent()) {
            throw new FormException(tooLong.get(), "defaultServer");
        }
        int retry = RETRY.typed(json, retrySeconds);
        int perTarget = PER_TARGET.typed(json, historyPerTarget);
        int targets = TARGETS.typed(json, historyTargets);
        int files = AUDIT_FILES.typed(json, auditFiles);
        int megabytes = AUDIT_MEGABYTES.typed(json, auditMegabytes);
        String onlyServer = getServers().size() == 1 ? getServers().get(0).getName() : null;
        setServers(typed);
        setDefaultServer(ServerForm.defaultServer(json.optString("defaultServer"), onlyServer, typed));
        setRetrySeconds(retry);
        setHistoryPerTarget(perTarget);
        setHistoryTargets(targets);
        setAuditFiles(files);
        setAuditMegabytes(megabytes);
        return true;
    }

    private static Optional<String> complaint(List<MetaKraftwerkServer> servers) {
        Set<String> names = new HashSet<>();
        for (MetaKraftwerkServer server : servers) {
            Optional<String> tooLong = server.tooLong();
            if (tooLong.isPresent()) {
                return tooLong;
            }
            if (server.getName().isEmpty()) {
                return Optional.of(Messages.server_name_missing());
            }
            if (!names.add(server.getName())) {
                return Optional.of(Messages.server_name_twice(server.getName()));
            }
            Optional<String> url = server.complaint();
            if (url.isPresent()) {
                return Optional.of(Messages.server_url_unusable(server.getName(), url.get()));
            }
        }
        return Optional.empty();
    }

    @Override
    @NonNull
    public String getDisplayName() {
        return Messages.displayName();
    }

    @POST
    public FormValidation doCheckRetrySeconds(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return RETRY.check(value);
    }

    @POST
    public FormValidation doCheckHistoryPerTarget(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return PER_TARGET.check(value);
    }

    @POST
    public FormValidation doCheckHistoryTargets(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return TARGETS.check(value);
    }

    @POST
    public FormValidation doCheckAuditFiles(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AUDIT_FILES.check(value);
    }

    @POST
    public FormValidation doCheckAuditMegabytes(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return AUDIT_MEGABYTES.check(value);
    }
}
