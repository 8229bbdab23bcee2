package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Says whether a run that is being aborted has deployed, as far as can be found out in less than a second. */
final class AbortReport {

    private static final Duration PATIENCE = Duration.ofMillis(600);

    private final MetaKraftwerkClient client;
    private final DeploymentPlan plan;
    private final Claims claims;
    private final Object owner;

    AbortReport(MetaKraftwerkClient client, DeploymentPlan plan, Claims claims, Object owner) {
        this.client = client;
        this.plan = plan;
        this.claims = claims;
        this.owner = owner;
    }

    /**
     * @param sent the request on its way, or null if this run has sent none since the controller was started
     * @param resumed whether it may have sent one before that
     */
    CompletableFuture<Text> of(DeploymentState last, CompletableFuture<BuildDeployment> sent, boolean resumed) {
        if (last.phase() == Phase.DONE) {
            return CompletableFuture.completedFuture(
                    Text.of("abort.created", last.result().record().id()));
        }
        if (last.phase() != Phase.SENDING || (sent == null && !resumed)) {
            return CompletableFuture.completedFuture(Text.of("abort.nothing"));
        }
        CompletableFuture<Text> report = new CompletableFuture<>();
        report.completeOnTimeout(unknown(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (sent != null) {
            sent.thenAccept(record -> report.complete(Text.of("abort.created", record.id())));
        }
        var look = client.find(plan.request().sameDeployment());
        look.thenAccept(records -> report(records, last, report));
        report.whenComplete((text, failure) -> look.cancel(true));
        return report;
    }

    private void report(List<BuildDeployment> records, DeploymentState last, CompletableFuture<Text> report) {
        records.stream()
                .filter(record ->
                        record.id() > last.baseline() && plan.request().matches(record))
                .filter(record -> claims.claim(client.server().toString(), record.id(), owner))
                .findFirst()
                .ifPresent(record -> report.complete(Text.of("abort.created", record.id())));
    }

    private Text unknown() {
        return Text.of(
                "abort.unknown",
                plan.request().buildId(),
                plan.request().patternLabel(),
                plan.request().deploymentLabel(),
                plan.serverLabel());
    }
}
