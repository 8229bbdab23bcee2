package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;

/**
 * What is found out when an aborted run has said already that nobody knows its outcome. It is told all the same, not before
 * it would survive a crash.
 */
final class LateOutcomeReport {

    private final RunContext parts;
    private final DeploymentRunListener listener;

    /** @param parts of what does not wait for the run's log */
    LateOutcomeReport(RunContext parts, DeploymentRunListener listener) {
        this.parts = parts;
        this.listener = listener;
    }

    /**
     * @param last the state in which the run was
     * @param found its record; null where none has been found in time
     * @param answer to its request, if that is still to come; else null
     */
    void tell(DeploymentState last, DeploymentResult found, PendingResponse answer)
            throws MetaKraftwerkException, InterruptedException {
        DeploymentResult result = found == null && answer != null ? await(last, answer) : found;
        if (result == null) {
            return;
        }
        parts.platformCalls().get(parts.shared().ledger()::kept).await();
        new PlatformCalls(parts.shared().work()).run(() -> {
            settle();
            listener.late(result);
        });
    }

    /** What it brings; null where that is no record of the run. */
    private DeploymentResult await(DeploymentState last, PendingResponse answer)
            throws MetaKraftwerkException, InterruptedException {
        try {
            BuildDeployment record = answer.get();
            return parts.plan().request().matches(record) ? parts.result(Origin.CREATED, record) : null;
        } catch (MetaKraftwerkException e) {
            if (SentRequest.nothingWasDone(e, last)) {
                parts.platformCalls().run(this::settle);
            }
            return null;
        }
    }

    private void settle() {
        parts.shared().attempts().settle(parts.who().owner());
    }
}
