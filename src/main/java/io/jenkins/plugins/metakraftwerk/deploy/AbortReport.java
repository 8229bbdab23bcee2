package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Says whether a run that is being aborted has deployed, as far as can be found out in less than a second. */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final DeploymentPlan plan;

    AbortReport(DeploymentPlan plan) {
        this.plan = plan;
    }

    /**
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it may have sent one before that
     * @param search finds a record of that request
     */
    CompletableFuture<Aborted> of(
            DeploymentState last, CompletableFuture<BuildDeployment> sent, boolean resumed, LostAnswer search) {
        if (last.phase() == Phase.DONE) {
            DeploymentResult result = last.result();
            return CompletableFuture.completedFuture(result.created() ? Aborted.with(result) : nothing());
        }
        if (last.phase() != Phase.SENDING || (sent == null && !resumed)) {
            return CompletableFuture.completedFuture(nothing());
        }
        CompletableFuture<Aborted> report = new CompletableFuture<>();
        report.completeOnTimeout(Aborted.without(plan.perhaps()), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (sent != null) {
            sent.whenComplete((record, failure) -> answered(record, failure, report));
        }
        var found = search.find();
        found.thenAccept(record -> record.ifPresent(present -> report.complete(created(Origin.ADOPTED, present))));
        report.whenComplete((aborted, failure) -> found.cancel(true));
        return report;
    }

    private static void answered(BuildDeployment record, Throwable failure, CompletableFuture<Aborted> report) {
        if (failure == null) {
            report.complete(created(Origin.CREATED, record));
        } else if (Futures.cause(failure) instanceof MetaKraftwerkException known) {
            if (known.effect() == Effect.NOT_SENT) {
                report.complete(nothing());
            } else if (known.effect() == Effect.REFUSED) {
                report.complete(Aborted.without(Text.of("abort.refused")));
            }
        }
    }

    private static Aborted created(Origin origin, BuildDeployment record) {
        return Aborted.with(new DeploymentResult(origin, record));
    }

    private static Aborted nothing() {
        return Aborted.without(Text.of("abort.nothing"));
    }
}
