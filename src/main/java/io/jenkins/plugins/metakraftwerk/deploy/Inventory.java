package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What is on the server before a run sends anything. */
final class Inventory {

    /**
     * @param baseline the highest id of the same deployment; 0 if there is none
     * @param deployed the latest record that makes sending needless, where the plan asks for that
     */
    record Found(long baseline, Optional<BuildDeployment> deployed) {}

    private final MetaKraftwerkClient client;
    private final DeploymentPlan plan;
    private final Retries retries;

    Inventory(MetaKraftwerkClient client, DeploymentPlan plan, Retries retries) {
        this.client = client;
        this.plan = plan;
        this.retries = retries;
    }

    /** Cancelling it ends the calls. */
    CompletableFuture<Found> take() {
        return Futures.then(retries.read(() -> client.find(plan.request().sameDeployment())), records -> {
            long baseline =
                    records.stream().mapToLong(BuildDeployment::id).max().orElse(0);
            return plan.skips()
                    ? deployed(records, baseline)
                    : CompletableFuture.completedFuture(new Found(baseline, Optional.empty()));
        });
    }

    private CompletableFuture<Found> deployed(List<BuildDeployment> records, long baseline) {
        return Futures.map(ExecutorFilter.of(plan.request(), client, retries), executor -> {
            Optional<BuildDeployment> latest = records.stream()
                    .filter(plan.request()::matches)
                    .filter(executor)
                    .reduce((earlier, later) -> later);
            return new Found(baseline, latest);
        });
    }
}
