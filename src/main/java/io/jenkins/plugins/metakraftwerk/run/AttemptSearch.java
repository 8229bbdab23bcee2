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

/** An attempt that ended unknown, whose record is looked for since somebody compares with the server. */
@Restricted(NoExternalUse.class)
public final class AttemptSearch {

    private final Job<?, ?> job;
    private final AttemptRecord unknown;
    private final MetaKraftwerkClient client;
    private volatile Optional<DeploymentResult> found = Optional.empty();

    /** @param client of who compares, who has checked that it may be used */
    public AttemptSearch(Job<?, ?> job, AttemptRecord unknown, MetaKraftwerkClient client) {
        this.job = job;
        this.unknown = unknown;
        this.client = client;
    }

    /** Ends well, however the search ends. On a virtual thread. */
    public Void find() throws InterruptedException {
        try {
            found = new LateRecordSearch(RunMemory.coordination(), unknown).find(client);
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // Nobody could tell.
        }
        return null;
    }

    /** Shows its record in all views, where it was found; answers whether it was. Blocks for a while at most. */
    public boolean show() {
        Optional<DeploymentResult> record = found;
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
