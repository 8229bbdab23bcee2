package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import java.util.function.Supplier;

/**
 * Identity of a run.
 *
 * @param owner identifies the run in all notes, also after a restart; one line of text
 * @param build identifies the Jenkins build that the run is part of, under any job name; null if it cannot be known
 *     now, then the location counts
 * @param where the present location of that build: jobs are renamed while they run
 */
public record RunIdentity(String owner, String build, Supplier<BuildLocation> where) {

    /**
     * Location of a Jenkins build.
     *
     * @param job the full name of its job; null if the job was deleted or is not known
     * @param number the number of the build in its job
     * @param buildName the display name, for example 'app #41'
     */
    public record BuildLocation(String job, int number, String buildName) {
        public BuildLocation {
            job = BoundedText.shorten(job);
            buildName = BoundedText.shorten(buildName);
        }
    }

    /** Identity of a run whose job is never renamed. */
    public RunIdentity(String owner, String build, String buildName) {
        this(owner, build, () -> new BuildLocation(null, 0, buildName));
    }

    public String buildName() {
        return where.get().buildName();
    }
}
