package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * What a step or builder was given, as far as it decides what a run does. A plain class, since Pipeline serialises it
 * with a library of its own.
 */
public final class DeploymentFields implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How long a wait for a build lasts where nothing else is said, in minutes. */
    public static final int DEFAULT_WAIT_MINUTES = 60;

    /** A week: longer than any build takes. */
    public static final int MOST_WAIT_MINUTES = 10_080;

    private final DeploymentRequest.Builder request;
    private final boolean skipIfDeployed;
    private final boolean waitForBuild;
    private final int waitMinutes;

    /** @param waitMinutes limited to 1 … {@value #MOST_WAIT_MINUTES} */
    public DeploymentFields(
            DeploymentRequest.Builder request, boolean skipIfDeployed, boolean waitForBuild, int waitMinutes) {
        this.request = request;
        this.skipIfDeployed = skipIfDeployed;
        this.waitForBuild = waitForBuild;
        this.waitMinutes = Math.max(1, Math.min(MOST_WAIT_MINUTES, waitMinutes));
    }

    /** @throws MetaKraftwerkException not sent, naming every field that breaks a rule */
    public void check() throws MetaKraftwerkException {
        request.build();
    }

    /** @throws MetaKraftwerkException as {@link #check} */
    public DeploymentPlan plan(String serverLabel, Duration retryLimit) throws MetaKraftwerkException {
        return new DeploymentPlan(request.build(), serverLabel, skipIfDeployed, retryLimit);
    }

    /** Where a run of these fields begins. */
    public DeploymentState initialState(Instant now) {
        return DeploymentState.initial(waitForBuild, Duration.ofMinutes(waitMinutes), now);
    }
}
