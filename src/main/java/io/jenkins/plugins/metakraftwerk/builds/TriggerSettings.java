package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.List;
import java.util.Objects;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** Settings of the trigger of a job: builds, server, schedule, and the parameter that gets the id. */
interface TriggerSettings {

    /** Returns the current settings of the job. Null if it has no such trigger. */
    @CheckForNull
    static TriggerSettings forJob(Job<?, ?> job) {
        if (job instanceof ParameterizedJob<?, ?> triggered) {
            for (Object trigger : List.copyOf(triggered.getTriggers().values())) {
                if (trigger instanceof TriggerSettings settings) {
                    return settings;
                }
            }
        }
        return null;
    }

    @CheckForNull
    String getPattern();

    @CheckForNull
    String getProject();

    @CheckForNull
    String getUser();

    @CheckForNull
    String getServer();

    @CheckForNull
    String getCredentialsId();

    /**
     * Returns the parameter that gets the id of the build. Null for the first one that chooses a MetaKraftwerk build.
     */
    @CheckForNull
    String getParameter();

    /** Returns the schedule of this job. Null if it never polls. */
    @CheckForNull
    CronTabList schedule();

    /** @throws MetaKraftwerkException before any request, with every field that is wrong */
    default BuildFilter filter() throws MetaKraftwerkException {
        return BuildFilter.builder()
                .pattern(getPattern(), null)
                .project(getProject(), null)
                .user(getUser(), null)
                .build();
    }

    /** Returns true if a filter is set, so that the server may have builds of which none fits. */
    default boolean narrows() {
        return getPattern() != null || getProject() != null || getUser() != null;
    }

    /** Returns true if both see the same builds. */
    default boolean isLike(@CheckForNull TriggerSettings other) {
        return other != null
                && Objects.equals(getPattern(), other.getPattern())
                && Objects.equals(getProject(), other.getProject())
                && Objects.equals(getUser(), other.getUser())
                && Objects.equals(getServer(), other.getServer())
                && Objects.equals(getCredentialsId(), other.getCredentialsId());
    }

    /** Returns true if it ever polls. */
    static boolean looks(@CheckForNull TriggerSettings settings) {
        return settings != null && settings.schedule() != null;
    }
}
