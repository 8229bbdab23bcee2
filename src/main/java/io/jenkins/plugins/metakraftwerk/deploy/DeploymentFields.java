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

    /** How long a wait lasts where nothing else is said, in minutes. */
    public static final int DEFAULT_WAIT_MINUTES = 60;

    /** A week: longer than any build takes. */
    public static final int MOST_WAIT_MINUTES = 10_080;

    private final DeploymentRequest.Builder request;
    private final Boolean skipIfDeployed;
    private final boolean waitForBuild;
    private final Integer waitMinutes;
    private final boolean sendAfterUnknown;

    public DeploymentFields(
            DeploymentRequest.Builder request,
            Boolean skipIfDeployed,
            boolean waitForBuild,
            Integer waitMinutes,
            boolean sendAfterUnknown) {
        this.request = request;
        this.skipIfDeployed = skipIfDeployed;
        this.waitForBuild = waitForBuild;
        this.waitMinutes = waitMinutes;
        this.sendAfterUnknown = sendAfterUnknown;
    }

    /** @throws MetaKraftwerkException not sent, naming every field that breaks a rule */
    public void check() throws MetaKraftwerkException {
        request.build();
    }

    /** @throws MetaKraftwerkException as {@link #check} */
    public DeploymentPlan plan(String serverLabel, Duration retryLimit) throws MetaKraftwerkException {
        return new DeploymentPlan(
                request.build(),
                serverLabel,
                skipIfDeployed,
                waitForBuild,
                sendAfterUnknown,
                waitLimit(),
                retryLimit);
    }

    private Duration waitLimit() {
        return Duration.ofMinutes(waitMinutes == null ? DEFAULT_WAIT_MINUTES : waitMinutes);
    }

    /** Where a run of these fields begins. */
    public DeploymentState initialState(Instant now) {
        return DeploymentState.initial(waitForBuild, waitLimit(), now);
    }
}
