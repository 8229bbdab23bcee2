package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerSpan;
import io.jenkins.plugins.metakraftwerk.deploy.OpenRun;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** Ends runs if nobody can find out their outcome, and shows the last state that the ledger has of each. */
final class LostRuns {

    private LostRuns() {}

    /**
     * Ends a run of a build that Jenkins cannot load. It is shown in the audit log, and in the history of its job if
     * that is known.
     */
    static void giveUp(OpenRun run) {
        Optional<BuildLocation> location = RunOwner.place(run.owner());
        Optional<Job<?, ?>> job = location.flatMap(RunOwner::job);
        location.map(at -> job.isEmpty() ? at : RunOwner.place(job.get(), at))
                .ifPresent(at -> show(run, at, end -> job.ifPresent(one -> AttemptViews.showWithoutBuild(one, end))));
        RunMemory.coordination().ledger().giveUp(run);
    }

    /** Ends a run of a build that exists. */
    static void giveUp(OpenRun run, Run<?, ?> build) {
        show(run, RunOwner.place(build), end -> AttemptViews.show(build, end));
        RunMemory.coordination().ledger().giveUp(run);
    }

    private static void show(OpenRun run, BuildLocation location, Consumer<AttemptRecord> view) {
        AttemptRecord end = end(run, location);
        if (run.state().standing() == Standing.NOTHING_SENT) {
            AuditLog.get().addUnsent(AuditLine.ofEnd(end));
            view.accept(end(run.withoutCredential(), location));
        } else {
            AuditLog.get().add(AuditLine.ofEnd(end));
            view.accept(end);
        }
    }

    private static AttemptRecord end(OpenRun run, BuildLocation location) {
        AttemptRecord begun = run.begun(location);
        LedgerSpan span = RunMemory.coordination().ledger().span(run.owner());
        Instant now = Threads.timing().now();
        return switch (run.state().standing()) {
            case ENDED -> begun.ended(run.state().result(), span, now);
            case NOTHING_SENT -> begun.failed(false, Messages.left_nothingSent(), span, now);
            case MAY_HAVE_SENT -> begun.failed(true, unknown(run), span, now);
        };
    }

    private static String unknown(OpenRun run) {
        String server = Target.kept(run.source(), run.server()).label();
        return Text.forKey("run.unknown", Messages.left_unsought(), DeploymentPlan.check(run.request(), server))
                .toString();
    }
}
