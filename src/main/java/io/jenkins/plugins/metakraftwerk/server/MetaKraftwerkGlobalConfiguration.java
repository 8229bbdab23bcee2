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

/** The MetaKraftwerk servers that jobs may use, and which of them is the default. */
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

    // Read without the lock, which is held while this is saved: the thread of a Pipeline must not wait for a disk.
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
        List<MetaKraftwerkServer> given = servers == null ? List.of() : servers;
        complaint(given).ifPresent(message -> {
            throw new IllegalArgumentException(message);
        });
        synchronized (this) {
            this.servers = new ArrayList<>(given);
            save();
        }
    }

    /** The name of the server for those who name none; null where the only one there is, or none, is meant. */
    @CheckForNull
    public String getDefaultServer() {
        return defaultServer;
    }

    /** Not checked before it is used, since a configuration may be set in any order. */
    @DataBoundSetter
    public void setDefaultServer(String defaultServer) {
        this.defaultServer = TextLengthCheck.kept("defaultServer", defaultServer);
        save();
    }

    /**
     * What happens to an item happens to the entries that name it, or what is below it.
     *
     * @param from its full name
     * @param to its new one; null where it is gone
     */
    synchronized void follow(String from, @CheckForNull String to) {
        List<MetaKraftwerkServer> changed =
                servers.stream().filter(server -> follows(server, from, to)).toList();
        if (!changed.isEmpty()) {
            Listeners.notify(
                    AllowedItemsFollower.class,
                    false,
                    follower -> changed.forEach(server -> follower.followed(server, from, to)));
            // So that all threads see what has changed within.
            servers = new ArrayList<>(servers);
            save();
        }
    }

    private static boolean follows(MetaKraftwerkServer server, String from, @CheckForNull String to) {
        return server.changeAllowedItems(items -> to == null ? items.without(from) : items.moved(from, to));
    }

    /** How long a run tries again what may succeed later, in seconds; 0 means not at all. */
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

    /** How many attempts a job remembers of each target; at least 1. */
    public int getHistoryPerTarget() {
        return historyPerTarget;
    }

    @DataBoundSetter
    public void setHistoryPerTarget(int historyPerTarget) {
        this.historyPerTarget = PER_TARGET.bounded(historyPerTarget);
        save();
    }

    /** How many targets a job remembers; at least 1. */
    public int getHistoryTargets() {
        return historyTargets;
    }

    @DataBoundSetter
    public void setHistoryTargets(int historyTargets) {
        this.historyTargets = TARGETS.bounded(historyTargets);
        save();
    }

    /** How many files the audit log keeps of each kind; at least 2. */
    public int getAuditFiles() {
        return auditFiles;
    }

    @DataBoundSetter
    public void setAuditFiles(int auditFiles) {
        this.auditFiles = AUDIT_FILES.bounded(auditFiles);
        save();
    }

    /** How large each of them gets, in MiB. */
    public int getAuditMegabytes() {
        return auditMegabytes;
    }

    @DataBoundSetter
    public void setAuditMegabytes(int auditMegabytes) {
        this.auditMegabytes = AUDIT_MEGABYTES.bounded(auditMegabytes);
        save();
    }

    /** A server by its name; for a blank name the default, where there is one. The only server is the default. */
    public Optional<MetaKraftwerkServer> server(@CheckForNull String name) {
        List<MetaKraftwerkServer> now = servers;
        String given = Util.fixEmptyAndTrim(name);
        if (given == null && now.size() == 1) {
            return Optional.of(now.get(0));
        }
        String wanted = given == null ? defaultServer : given;
        return now.stream().filter(server -> server.getName().equals(wanted)).findFirst();
    }

    /**
     * A server that somebody chose.
     *
     * @param name blank for the default
     * @throws AbortException if there is none of that name, or no default
     */
    public MetaKraftwerkServer chosen(@CheckForNull String name) throws AbortException {
        List<MetaKraftwerkServer> now = servers;
        if (now.isEmpty()) {
            throw new AbortException(Messages.server_none());
        }
        Optional<MetaKraftwerkServer> found = server(name);
        if (found.isPresent()) {
            return found.get();
        }
        String names = now.stream().map(MetaKraftwerkServer::getName).collect(Collectors.joining(", "));
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
        // Bound to a copy first, so that a refused form changes nothing.
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
        String alone = getServers().size() == 1 ? getServers().get(0).getName() : null;
        setServers(typed);
        setDefaultServer(ServerForm.defaultServer(json.optString("defaultServer"), alone, typed));
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
