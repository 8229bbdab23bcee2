package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import java.time.Duration;

/**
 * Job of a step of a Jenkins build.
 *
 * @param fields arguments of the step
 * @param asked the same, in ids
 * @param named true if an agent or a group was given by name
 * @param typed pattern and deployment as they were typed
 * @param retries how often its build tries again after a failure
 * @param resumable true if it continues after a restart
 */
record SimJob(
        DeploymentFields fields,
        RequestedDeployment asked,
        boolean named,
        String typed,
        Boolean skipIfDeployed,
        boolean waitForBuild,
        boolean sendAfterUnknown,
        Duration waitLimit,
        Duration retryLimit,
        int retries,
        boolean resumable) {

    boolean skips() {
        return Boolean.TRUE.equals(skipIfDeployed);
    }

    boolean takesAutomatic() {
        return !Boolean.FALSE.equals(skipIfDeployed);
    }

    @Override
    public String toString() {
        return "build " + asked.build() + " " + typed + (asked.agent() == null ? "" : ", agent " + asked.agent())
                + (asked.group() == null ? "" : ", group " + asked.group())
                + (skipIfDeployed == null ? "" : ", skipIfDeployed " + skipIfDeployed)
                + (waitForBuild ? ", waitForBuild" : "") + (sendAfterUnknown ? ", sendAfterUnknown" : "")
                + ", waits " + waitLimit + ", retries for " + retryLimit;
    }
}
