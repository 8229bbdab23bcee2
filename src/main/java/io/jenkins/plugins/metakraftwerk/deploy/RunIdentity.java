package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import java.util.function.Supplier;

/**
 * Who runs.
 *
 * @param owner identifies the run in what is kept, also after a restart; one line of text
 * @param build identifies the Jenkins build that it is part of, whatever its job is called; null where that cannot be known
 *     now, then the place counts
 * @param where the place of that build at the moment: jobs are renamed while they run
 */
public record RunIdentity(String owner, String build, Supplier<BuildLocation> where) {

    /**
     * Where a Jenkins build is.
     *
     * @param job the full name of its job
     * @param buildName how people call it, for example 'app #41'
     */
    public record BuildLocation(String job, int number, String buildName) {
        public BuildLocation {
            job = BoundedText.shorten(job);
            buildName = BoundedText.shorten(buildName);
        }
    }

    /** Of a build whose job is never renamed. */
    public RunIdentity(String owner, String build, String buildName) {
        this(owner, build, () -> new BuildLocation(null, 0, buildName));
    }

    public String buildName() {
        return where.get().buildName();
    }
}
