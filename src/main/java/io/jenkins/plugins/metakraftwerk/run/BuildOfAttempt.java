package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import hudson.model.ModelObject;
import hudson.model.Run;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Leads to the build that made an attempt, or tells that it is gone. If all builds of a job were deleted, their numbers
 * may have begun again. To make the address loads no build; to follow it does.
 */
@Restricted(NoExternalUse.class)
public final class BuildOfAttempt implements ModelObject {

    private static final Pattern NAME = Pattern.compile("(\\d{1,9})-([0-9a-f]{32})");

    private final Job<?, ?> job;
    private final int number;
    private final String hash;

    private BuildOfAttempt(Job<?, ?> job, int number, String hash) {
        this.job = job;
        this.number = number;
        this.hash = hash;
    }

    /** @param name the end of {@link ShownAttempt#getBuildPath}; the result is empty for any other text */
    public static Optional<BuildOfAttempt> named(String name, Job<?, ?> job) {
        Matcher match = NAME.matcher(name);
        return match.matches()
                ? Optional.of(new BuildOfAttempt(job, Integer.parseInt(match.group(1)), match.group(2)))
                : Optional.empty();
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Returns the address of the build, relative to the root of Jenkins; null if the build is gone. */
    @CheckForNull
    public String getPath() {
        Run<?, ?> build = job.getBuildByNumber(number);
        return build == null
                        || !BuildDeploymentsAction.mayShow(
                                build, attempt -> attempt.ownerHash().equals(hash))
                ? null
                : build.getUrl();
    }

    @Override
    public String getDisplayName() {
        return job.getFullDisplayName() + " #" + number;
    }

    public String getGone() {
        return Messages.build_gone(getDisplayName());
    }
}
