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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
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

    static final int DEFAULT_RETRY_SECONDS = 120;
    static final int MOST_RETRY_SECONDS = 86_400;
    static final int DEFAULT_HISTORY_PER_TARGET = 200;
    static final int MOST_HISTORY_PER_TARGET = 10_000;
    static final int DEFAULT_HISTORY_TARGETS = 500;
    static final int MOST_HISTORY_TARGETS = 10_000;

    // Read without the lock, which is held while this is saved: the thread of a Pipeline must not wait for a disk.
    private volatile List<MetaKraftwerkServer> servers = new ArrayList<>();
    private volatile String defaultServer;
    private int retrySeconds = DEFAULT_RETRY_SECONDS;
    private int historyPerTarget = DEFAULT_HISTORY_PER_TARGET;
    private int historyTargets = DEFAULT_HISTORY_TARGETS;

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
        this.defaultServer = TypedText.of("defaultServer", defaultServer);
        save();
    }

    /** What happens to items happens to the entries that name them. */
    synchronized void changeAllowedItems(UnaryOperator<AllowedItems> change) {
        boolean changed = false;
        for (MetaKraftwerkServer server : servers) {
            AllowedItems after = change.apply(server.allowed());
            changed |= !after.equals(server.allowed());
            server.setAllowedItems(after.names());
        }
        if (changed) {
            // So that all threads see what has changed within.
            servers = new ArrayList<>(servers);
            save();
        }
    }

    /** How long a run tries again what may succeed later, in seconds; 0 means not at all. */
    public int getRetrySeconds() {
        return retrySeconds;
    }

    @DataBoundSetter
    public void setRetrySeconds(int retrySeconds) {
        this.retrySeconds = Math.max(0, Math.min(MOST_RETRY_SECONDS, retrySeconds));
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
        this.historyPerTarget = Math.max(1, Math.min(MOST_HISTORY_PER_TARGET, historyPerTarget));
        save();
    }

    /** How many targets a job remembers; at least 1. */
    public int getHistoryTargets() {
        return historyTargets;
    }

    @DataBoundSetter
    public void setHistoryTargets(int historyTargets) {
        this.historyTargets = Math.max(1, Math.min(MOST_HISTORY_TARGETS, historyTargets));
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
        TypedText.require("defaultServer", unknown);
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
        Optional<String> tooLong = TypedText.complaint("defaultServer", json.optString("defaultServer"));
        if (tooLong.isPresent()) {
            throw new FormException(tooLong.get(), "defaultServer");
        }
        FormValidation retry = checkRetrySeconds(json.optString("retrySeconds"));
        if (retry.kind == FormValidation.Kind.ERROR) {
            throw new FormException(Messages.retrySeconds_range(MOST_RETRY_SECONDS), "retrySeconds");
        }
        int perTarget = count(json, "historyPerTarget", historyPerTarget, MOST_HISTORY_PER_TARGET);
        int targets = count(json, "historyTargets", historyTargets, MOST_HISTORY_TARGETS);
        String alone = getServers().size() == 1 ? getServers().get(0).getName() : null;
        setServers(typed);
        setDefaultServer(ServerForm.defaultServer(json.optString("defaultServer"), alone, typed));
        setRetrySeconds(Integer.parseInt(json.getString("retrySeconds").strip()));
        setHistoryPerTarget(perTarget);
        setHistoryTargets(targets);
        return true;
    }

    private static int count(JSONObject json, String field, int now, int most) throws FormException {
        String typed = json.optString(field, String.valueOf(now));
        FormValidation check = WholeNumbers.check(typed, 1, most, Messages.history_range(most));
        if (check.kind == FormValidation.Kind.ERROR) {
            throw new FormException(Messages.history_range(most), field);
        }
        return Integer.parseInt(typed.strip());
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
        return checkRetrySeconds(value);
    }

    @POST
    public FormValidation doCheckHistoryPerTarget(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return WholeNumbers.check(value, 1, MOST_HISTORY_PER_TARGET, Messages.history_range(MOST_HISTORY_PER_TARGET));
    }

    @POST
    public FormValidation doCheckHistoryTargets(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return WholeNumbers.check(value, 1, MOST_HISTORY_TARGETS, Messages.history_range(MOST_HISTORY_TARGETS));
    }

    private static FormValidation checkRetrySeconds(String value) {
        return WholeNumbers.check(value, 0, MOST_RETRY_SECONDS, Messages.retrySeconds_range(MOST_RETRY_SECONDS));
    }
}
