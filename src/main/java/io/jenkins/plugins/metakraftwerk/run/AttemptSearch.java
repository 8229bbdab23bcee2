package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.LateRecordSearch;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Searches for the record of an attempt that ended unknown, when somebody compares with the server. */
@Restricted(NoExternalUse.class)
public final class AttemptSearch {

    private final Job<?, ?> job;
    private final AttemptRecord unknown;
    private final MetaKraftwerkClient client;
    private volatile Optional<DeploymentResult> result = Optional.empty();

    /** @param client the client of the comparison, which has checked that it may be used */
    public AttemptSearch(Job<?, ?> job, AttemptRecord unknown, MetaKraftwerkClient client) {
        this.job = job;
        this.unknown = unknown;
        this.client = client;
    }

    /** Searches on a virtual thread. A failure of the search is ignored. */
    public Void find() throws InterruptedException {
        try {
            result = new LateRecordSearch(RunMemory.coordination(), unknown).find(client);
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // The outcome stays unknown.
        }
        return null;
    }

    /**
     * Shows the record in all views, if it was found. Waits a few seconds at most.
     *
     * @return true if it was found
     */
    public boolean show() {
        Optional<DeploymentResult> record = result;
        if (record.isEmpty()) {
            return false;
        }
        AttemptRecord end = unknown.found(
                record.get(),
                RunMemory.coordination().ledger().span(unknown.owner()),
                Threads.timing().now());
        AuditLog.get().add(AuditLine.ofEnd(end));
        AttemptViews.settled(job, end);
        return true;
    }
}
