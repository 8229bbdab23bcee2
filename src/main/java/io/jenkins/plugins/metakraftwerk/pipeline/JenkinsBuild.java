package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.history.HistoryEntry;
import java.io.Serializable;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** The Jenkins build that deployed something, as scripts see it. */
public final class JenkinsBuild implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String fullDisplayName;
    private final String url;

    private JenkinsBuild(String fullDisplayName, String url) {
        this.fullDisplayName = fullDisplayName;
        this.url = url;
    }

    static JenkinsBuild of(HistoryEntry entry) {
        var build = entry.jenkinsBuild();
        String path = build == null ? null : build.getPath();
        String root = Jenkins.get().getRootUrl();
        return new JenkinsBuild(
                build == null ? null : build.getFullDisplayName(),
                path == null ? null : (root == null ? "/" : root) + path);
    }

    /** With the place where its job is now; null where the run may not read its job, or that was deleted. */
    @Whitelisted
    public String getFullDisplayName() {
        return fullDisplayName;
    }

    /** Null where it is not there any more. */
    @Whitelisted
    public String getUrl() {
        return url;
    }

    @Override
    public String toString() {
        return String.valueOf(fullDisplayName);
    }
}
