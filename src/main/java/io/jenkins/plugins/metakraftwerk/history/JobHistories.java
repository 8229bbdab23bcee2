package io.jenkins.plugins.metakraftwerk.history;

import com.google.common.cache.CacheBuilder;
import com.google.common.collect.MapMaker;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.run.AttemptView;
import io.jenkins.plugins.metakraftwerk.run.RunOwner;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Histories of all jobs, by the object that Jenkins has for the job. So a history stays with a job that is renamed or
 * moved.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class JobHistories implements AttemptView {

    /** Number of statements that are known as noted without reading a file. */
    private static final int RECENT = 1_000;

    private final Map<Job<?, ?>, JobHistory> jobs = new MapMaker().weakKeys().makeMap();
    private final Map<ItemGroup<?>, DeletedJobs> groups =
            new MapMaker().weakKeys().makeMap();
    private final Map<String, Boolean> recent = CacheBuilder.newBuilder()
            .maximumSize(RECENT)
            .<String, Boolean>build()
            .asMap();

    @NonNull
    static JobHistories get() {
        return ExtensionList.lookupSingleton(JobHistories.class);
    }

    JobHistory forJob(Job<?, ?> job) {
        return jobs.computeIfAbsent(job, key -> new JobHistory());
    }

    DeletedJobs deletedIn(ItemGroup<?> group) {
        return groups.computeIfAbsent(group, key -> new DeletedJobs());
    }

    /** Returns a key of everything that an attempt says. */
    private static String name(AttemptRecord attempt) {
        return attempt.owner() + " " + attempt.outcome() + " " + attempt.buildDeploymentId() + " " + attempt.saidBy();
    }

    @Override
    public void show(Job<?, ?> job, AttemptRecord attempt) {
        if (recent.put(name(attempt), true) == null) {
            boolean mayBeThere = !RunOwner.isOfThisLife(attempt.owner());
            forJob(job).add(job, attempt, mayBeThere);
        }
    }
}
