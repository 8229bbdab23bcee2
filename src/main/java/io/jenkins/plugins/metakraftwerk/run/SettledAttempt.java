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

/** An attempt that ended unknown, of which the current user says what became of it. The caller has checked who may. */
@Restricted(NoExternalUse.class)
public final class SettledAttempt {

    private final AttemptRecord unknown;
    private final Long record;
    private final AttemptRecord said;

    /** @param record the id of its record; null where it has none */
    public SettledAttempt(AttemptRecord unknown, @CheckForNull Long record) {
        this.unknown = unknown;
        this.record = record;
        said = unknown.said(
                Jenkins.getAuthentication2().getName(),
                record,
                RunMemory.coordination().ledger().span(unknown.owner()),
                Threads.timing().now());
    }

    /** Whether it can be said: not while it may still be found out. */
    public static boolean isOver(AttemptRecord unknown) {
        return word(unknown).refusal().isEmpty();
    }

    private static ManualSettlement word(AttemptRecord unknown) {
        return new ManualSettlement(RunMemory.coordination(), unknown);
    }

    /** Has it count for all others that deploy the same; answers why that cannot be. Blocks for a while at most. */
    public Optional<Text> refusal() {
        ManualSettlement word = word(unknown);
        Optional<Text> refusal = record == null ? word.isNotThere() : word.isThere(record);
        if (refusal.isEmpty()) {
            word.isKept();
        }
        return refusal;
    }

    public AttemptRecord attempt() {
        return said;
    }

    /** In the audit log. */
    public void note() {
        AuditLog.get().add(AuditLine.ofEnd(said));
    }

    /** In all views, where it stands for an attempt of a job. Blocks for a while at most. */
    public void show(Job<?, ?> job) {
        note();
        AttemptViews.settled(job, said);
    }
}
