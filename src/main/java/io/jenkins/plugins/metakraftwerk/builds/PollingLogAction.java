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

/** The page 'MetaKraftwerk Polling Log' of a job, for all who may read the job. */
@Restricted(NoExternalUse.class)
public final class PollingLogAction implements Action {

    private final Job<?, ?> job;

    PollingLogAction(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** The newest first. */
    public List<PollingLog.Entry> getEntries() {
        return WatchedJobs.get().forJob(job).log().newest();
    }

    /** What is missing here, in words; asked for after the entries. */
    public List<String> getProblems() {
        return WatchedJobs.get()
                .forJob(job)
                .log()
                .problem()
                .map(problem -> FileNotices.forProblem(job.getFullDisplayName(), problem))
                .orElse(List.of());
    }

    /** When it looks next; null where that is far away or never. */
    @CheckForNull
    public Date getNextLook() {
        TriggerSettings trigger = TriggerSettings.forJob(job);
        boolean looks = TriggerSettings.looks(trigger) && job.isBuildable();
        return looks
                ? Optional.of(trigger)
                        .flatMap(found -> PollSchedule.next(found.schedule()))
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
