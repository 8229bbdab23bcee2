package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Action;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.server.FileNotices;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Page 'MetaKraftwerk Polling Log' of a job, for all users who may read the job. */
@Restricted(NoExternalUse.class)
public final class PollingLogAction implements Action {

    private final Job<?, ?> job;

    PollingLogAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Returns the entries, newest first. */
    public List<PollingLog.Entry> getEntries() {
        return WatchedJobs.get().forJob(job).log().newest();
    }

    /** Returns what is missing, in words. Asked after the entries, which read the file. */
    public List<String> getProblems() {
        return WatchedJobs.get()
                .forJob(job)
                .log()
                .problem()
                .map(problem -> FileNotices.forProblem(job.getFullDisplayName(), problem))
                .orElse(List.of());
    }

    /** Returns the time of the next poll. Null if it is more than eight days away, or never. */
    @CheckForNull
    public Date getNextLook() {
        TriggerSettings trigger = TriggerSettings.forJob(job);
        boolean polls = TriggerSettings.looks(trigger) && job.isBuildable();
        return polls
                ? Optional.of(trigger)
                        .flatMap(settings -> PollSchedule.next(settings.schedule()))
                        .map(Date::from)
                        .orElse(null)
                : null;
    }

    @Override
    public String getIconFileName() {
        return "symbol-document-text";
    }

    @Override
    public String getDisplayName() {
        return Messages.log_displayName();
    }

    @Override
    public String getUrlName() {
        return "metakraftwerk-polling";
    }
}
