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

/** A build of Jenkins that deployed something, perhaps long ago, also as scripts see it. To make one loads no build. */
@ExportedBean(defaultVisibility = 4)
@Restricted(NoExternalUse.class)
public final class JenkinsBuild implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Who may not know which job it was learns neither. */
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
     * The build that made an attempt, with its address where it still exists and the current user may read its job; null
     * where the reader may not know which it was.
     */
    @CheckForNull
    public static JenkinsBuild forAttempt(AttemptRecord attempt) {
        if (attempt.job() == null) {
            return null;
        }
        // A job of that name may be another one by now.
        Job<?, ?> job = attempt.deleted() ? null : job(attempt.job());
        return job == null
                ? new JenkinsBuild(attempt.fullDisplayName(), null)
                : new JenkinsBuild(now(job, attempt.number(), attempt.fullDisplayName()), path(job, attempt.number()));
    }

    /**
     * What a build is called where its job is now.
     *
     * @param then what it was called then; where its job was moved since, that may tell of a folder that the reader may not
     *     see, and counts no more
     */
    public static String now(Job<?, ?> job, int number, String then) {
        String place = job.getFullDisplayName() + " ";
        return then != null && then.startsWith(place) ? then : place + "#" + number;
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
        boolean there = Files.isDirectory(job.getBuildDir().toPath().resolve(String.valueOf(number)));
        return there ? job.getUrl() + number + "/" : null;
    }

    /** With the place where its job is now. */
    @Exported
    @Whitelisted
    public String getFullDisplayName() {
        return fullDisplayName;
    }

    /** Null where there is no such build any more, or its job may not be read. */
    @Exported
    @CheckForNull
    @Whitelisted
    public String getUrl() {
        String root = Jenkins.get().getRootUrl();
        return path == null ? null : (root == null ? "/" : root) + path;
    }

    /** The address from the root of Jenkins on; null where {@link #getUrl} is. */
    @CheckForNull
    public String getPath() {
        return path;
    }

    @Override
    public String toString() {
        return String.valueOf(fullDisplayName);
    }
}
