package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.scheduler.CronTabList;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.List;
import java.util.Objects;
import jenkins.model.ParameterizedJobMixIn.ParameterizedJob;

/** What the trigger of a job says: which builds to look for, where, when, and which parameter gets the id. */
interface TriggerSettings {

    /** What the job says now; null where it has no such trigger. */
    @CheckForNull
    static TriggerSettings forJob(Job<?, ?> job) {
        if (job instanceof ParameterizedJob<?, ?> triggered) {
            for (Object trigger : List.copyOf(triggered.getTriggers().values())) {
                if (trigger instanceof TriggerSettings watch) {
                    return watch;
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

    /** The parameter that gets the id of the build; null for the first one that chooses a MetaKraftwerk build. */
    @CheckForNull
    String getParameter();

    /** As it is for this job; null for one that never looks. */
    @CheckForNull
    CronTabList schedule();

    /** @throws MetaKraftwerkException not sent, naming every field that is wrong */
    default BuildFilter filter() throws MetaKraftwerkException {
        return BuildFilter.builder()
                .pattern(getPattern(), null)
                .project(getProject(), null)
                .user(getUser(), null)
                .build();
    }

    /** Whether it may be that no build fits although there are some. */
    default boolean narrows() {
        return getPattern() != null || getProject() != null || getUser() != null;
    }

    /** Whether both see the same builds. */
    default boolean isLike(@CheckForNull TriggerSettings other) {
        return other != null
                && Objects.equals(getPattern(), other.getPattern())
                && Objects.equals(getProject(), other.getProject())
                && Objects.equals(getUser(), other.getUser())
                && Objects.equals(getServer(), other.getServer())
                && Objects.equals(getCredentialsId(), other.getCredentialsId());
    }

    /** Whether it looks at all. */
    static boolean looks(@CheckForNull TriggerSettings watch) {
        return watch != null && watch.schedule() != null;
    }
}
