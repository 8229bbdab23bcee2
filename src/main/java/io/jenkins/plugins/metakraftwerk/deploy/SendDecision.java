package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;

/** What a run does after it has looked. */
sealed interface SendDecision {

    /**
     * It takes a record that is there.
     *
     * @param origin how the run came by it
     * @param why what the log says of it
     */
    record Take(BuildDeployment record, Origin origin, Text why) implements SendDecision {}

    /** @param baseline the highest id of the same deployment before sending */
    record Send(long baseline) implements SendDecision {}
}
