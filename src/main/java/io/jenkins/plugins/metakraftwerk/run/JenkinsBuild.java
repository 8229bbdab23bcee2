package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.Run;
import java.nio.file.Files;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.springframework.security.access.AccessDeniedException;

/** A build of Jenkins that deployed something, perhaps long ago. To make one loads no build. */
@ExportedBean(defaultVisibility = 4)
@Restricted(NoExternalUse.class)
public final class JenkinsBuild {

    private final String fullDisplayName;
    private final String path;

    private JenkinsBuild(String fullDisplayName, String path) {
        this.fullDisplayName = fullDisplayName;
        this.path = path;
    }

    public static JenkinsBuild of(Run<?, ?> run) {
        return new JenkinsBuild(run.getFullDisplayName(), run.getUrl());
    }

    /**
     * With its address where it still exists and the current user may read its job.
     *
     * @param name the full name of the job
     * @param fullDisplayName what the build was called then; where its job was moved since, that may tell of a folder that
     *     the reader may not see, and counts no more
     */
    public static JenkinsBuild of(String name, int number, String fullDisplayName) {
        Job<?, ?> job = job(name);
        return job == null
                ? gone(fullDisplayName)
                : new JenkinsBuild(now(job, number, fullDisplayName), path(job, number));
    }

    /** What a build is called where its job is now. */
    public static String now(Job<?, ?> job, int number, String then) {
        String place = job.getFullDisplayName() + " ";
        return then != null && then.startsWith(place) ? then : place + "#" + number;
    }

    /** A build of a job that is not there any more. */
    public static JenkinsBuild gone(String fullDisplayName) {
        return new JenkinsBuild(fullDisplayName, null);
    }

    @CheckForNull
    private static Job<?, ?> job(String name) {
        try {
            return JobNames.find(name);
        } catch (AccessDeniedException e) {
            return null;
        }
    }

    @CheckForNull
    private static String path(Job<?, ?> job, int number) {
        boolean there = Files.isDirectory(job.getBuildDir().toPath().resolve(String.valueOf(number)));
        return there ? job.getUrl() + number + "/" : null;
    }

    @Exported
    public String getFullDisplayName() {
        return fullDisplayName;
    }

    /** Null where there is no such build any more, or its job may not be read. */
    @Exported
    @CheckForNull
    public String getUrl() {
        String root = Jenkins.get().getRootUrl();
        return path == null ? null : (root == null ? "" : root) + path;
    }

    /** The address from the root of Jenkins on; null where {@link #getUrl} is. */
    @CheckForNull
    public String getPath() {
        return path;
    }
}
