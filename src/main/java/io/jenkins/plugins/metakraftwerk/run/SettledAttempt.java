package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.ManualSettlement;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Attempt that ended unknown and that the current user settles. The caller has checked that they may. */
@Restricted(NoExternalUse.class)
public final class SettledAttempt {

    private final AttemptRecord unknown;
    private final Long record;
    private final AttemptRecord settled;

    /** @param record the id of its record; null if it has none */
    public SettledAttempt(AttemptRecord unknown, @CheckForNull Long record) {
        this.unknown = unknown;
        this.record = record;
        settled = unknown.said(
                Jenkins.getAuthentication2().getName(),
                record,
                RunMemory.coordination().ledger().span(unknown.owner()),
                Threads.timing().now());
    }

    /** Returns true if the attempt can be settled; false while its outcome may still be found out. */
    public static boolean isOver(AttemptRecord unknown) {
        return settlement(unknown).refusal().isEmpty();
    }

    private static ManualSettlement settlement(AttemptRecord unknown) {
        return new ManualSettlement(RunMemory.coordination(), unknown);
    }

    /**
     * Makes the outcome count for all runs with the same request. Waits for a while at most.
     *
     * @return the reason why that cannot be; empty if it is done
     */
    public Optional<Text> refusal() {
        ManualSettlement settlement = settlement(unknown);
        Optional<Text> refusal = record == null ? settlement.isNotThere() : settlement.isThere(record);
        if (refusal.isEmpty()) {
            settlement.isKept();
        }
        return refusal;
    }

    public AttemptRecord attempt() {
        return settled;
    }

    /** Notes the outcome in the audit log. */
    public void note() {
        AuditLog.get().add(AuditLine.ofEnd(settled));
    }

    /** Notes the outcome and shows it in all views, for an attempt of a job. Waits for a while at most. */
    public void show(Job<?, ?> job) {
        note();
        AttemptViews.settled(job, settled);
    }
}
