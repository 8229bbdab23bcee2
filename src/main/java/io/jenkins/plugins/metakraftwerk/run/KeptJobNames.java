package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;

/** Full names of jobs as they are kept. */
final class KeptJobNames {

    private KeptJobNames() {}

    /**
     * The job of a name that was kept, if the current user may see it. Of one that is too long to be kept whole, all jobs are
     * asked.
     */
    @CheckForNull
    static Job<?, ?> find(String kept) {
        Jenkins jenkins = Jenkins.get();
        if (!BoundedText.isCut(kept)) {
            return jenkins.getItemByFullName(kept, Job.class);
        }
        return StreamSupport.stream(jenkins.allItems(Job.class).spliterator(), false)
                .filter(job -> kept.equals(BoundedText.shorten(job.getFullName())))
                .findFirst()
                .orElse(null);
    }
}
