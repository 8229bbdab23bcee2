package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;

/** Decision of a run after it has read the existing records. */
sealed interface SendDecision {

    /**
     * The run takes an existing record.
     *
     * @param origin the way in which the run came by the record
     * @param why the line for the log
     */
    record Take(BuildDeployment record, Origin origin, Text why) implements SendDecision {}

    /**
     * The run sends.
     *
     * @param baseline the highest id of the same deployment before sending
     */
    record Send(long baseline) implements SendDecision {}
}
