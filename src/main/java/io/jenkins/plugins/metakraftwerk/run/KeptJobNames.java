package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;

/** Finds jobs by their stored names, which are shortened if they are too long. */
final class KeptJobNames {

    private KeptJobNames() {}

    /**
     * Returns the job of a stored name, if the current user may see it. For a shortened name, all jobs are compared.
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
