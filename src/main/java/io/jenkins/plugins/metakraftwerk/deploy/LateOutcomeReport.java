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

    private final RunContext context;
    private final DeploymentRunListener listener;

    /** @param context of what does not wait for the run's log */
    LateOutcomeReport(RunContext context, DeploymentRunListener listener) {
        this.context = context;
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
        context.platformCalls().get(context.shared().ledger()::kept).await();
        new PlatformCalls(context.shared().work()).run(() -> {
            settle();
            listener.late(result);
        });
    }

    /** What it brings; null where that is no record of the run. */
    private DeploymentResult await(DeploymentState last, PendingResponse answer)
            throws MetaKraftwerkException, InterruptedException {
        try {
            BuildDeployment record = answer.get();
            return context.plan().request().matches(record) ? context.result(Origin.CREATED, record) : null;
        } catch (MetaKraftwerkException e) {
            if (SentRequest.nothingWasDone(e, last)) {
                context.platformCalls().run(this::settle);
            }
            return null;
        }
    }

    private void settle() {
        context.shared().attempts().settle(context.who().owner());
    }
}
