package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.io.Serializable;
import java.nio.file.Files;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** Jenkins build that deployed something, perhaps long ago, as pages and scripts see it. To make one loads no build. */
@ExportedBean(defaultVisibility = 4)
@Restricted(NoExternalUse.class)
public final class JenkinsBuild implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Stands for a build whose job the reader may not know; name and address are null. */
    public static final JenkinsBuild HIDDEN = new JenkinsBuild(null, null);

    private final String fullDisplayName;
    private final String path;

    private JenkinsBuild(String fullDisplayName, String path) {
        this.fullDisplayName = fullDisplayName;
        this.path = path;
    }

    public static JenkinsBuild forRun(Run<?, ?> run) {
        return new JenkinsBuild(run.getFullDisplayName(), run.getUrl());
    }

    /**
     * Returns the build that made an attempt; null if the reader may not know which job it was. It has an address if
     * the build still exists and the current user may read its job.
     */
    @CheckForNull
    public static JenkinsBuild forAttempt(AttemptRecord attempt) {
        if (attempt.job() == null) {
            return null;
        }
        // The attempt says that its job was deleted, so a job of that name is another one.
        Job<?, ?> job = attempt.deleted() ? null : job(attempt.job());
        return job == null
                ? new JenkinsBuild(attempt.fullDisplayName(), null)
                : new JenkinsBuild(now(job, attempt.number(), attempt.fullDisplayName()), path(job, attempt.number()));
    }

    /**
     * Returns the display name of a build with the present name of its job.
     *
     * @param then its display name at the time of the attempt; ignored if the job was moved since, as it may name a
     *     folder that the reader may not see
     */
    public static String now(Job<?, ?> job, int number, String then) {
        String prefix = job.getFullDisplayName() + " ";
        return then != null && then.startsWith(prefix) ? then : prefix + "#" + number;
    }

    @CheckForNull
    private static Job<?, ?> job(String name) {
        try {
            return KeptJobNames.find(name);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    @CheckForNull
    private static String path(Job<?, ?> job, int number) {
        boolean exists = Files.isDirectory(job.getBuildDir().toPath().resolve(String.valueOf(number)));
        return exists ? job.getUrl() + number + "/" : null;
    }

    /** Returns the full display name, with the present name of the job. */
    @Exported
    @Whitelisted
    public String getFullDisplayName() {
        return fullDisplayName;
    }

    /** Returns the absolute address; null if the build no longer exists or its job may not be read. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getUrl() {
        String root = Jenkins.get().getRootUrl();
        return path == null ? null : (root == null ? "/" : root) + path;
    }

    /** Returns the address relative to the root of Jenkins; null if {@link #getUrl} is null. */
    @CheckForNull
    public String getPath() {
        return path;
    }

    @Override
    public String toString() {
        return String.valueOf(fullDisplayName);
    }
}
