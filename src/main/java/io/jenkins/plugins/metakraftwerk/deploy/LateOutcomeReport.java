package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;

/**
 * Tells the outcome of an aborted run that becomes known after its report said 'unknown'. It is told when it would
 * survive a crash.
 */
final class LateOutcomeReport {

    private final RunContext context;
    private final DeploymentRunListener listener;

    /** @param context does not wait for the log of the run */
    LateOutcomeReport(RunContext context, DeploymentRunListener listener) {
        this.context = context;
        this.listener = listener;
    }

    /**
     * Waits for the outcome and tells it.
     *
     * @param last the last state of the run
     * @param foundResult its record; null if none was found in time
     * @param response the response that its request still waits for, or null
     */
    void tell(DeploymentState last, DeploymentResult foundResult, PendingResponse response)
            throws MetaKraftwerkException, InterruptedException {
        DeploymentResult result = foundResult == null && response != null ? await(last, response) : foundResult;
        if (result == null) {
            return;
        }
        context.platformCalls().get(context.shared().ledger()::kept).await();
        new PlatformCalls(context.shared().work()).run(() -> {
            settle();
            listener.late(result);
        });
    }

    /** Waits for the response. Returns null if it brings no record of the run. */
    private DeploymentResult await(DeploymentState last, PendingResponse response)
            throws MetaKraftwerkException, InterruptedException {
        try {
            BuildDeployment record = response.get();
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
