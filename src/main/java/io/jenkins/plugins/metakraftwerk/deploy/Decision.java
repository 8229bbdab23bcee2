package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;

/**
 * What a run does after it has looked: it takes a record that is there, or sends.
 *
 * @param record the record to take, or null to send
 * @param origin how the run came by the record
 * @param why what the log says of the record
 * @param baseline the highest id of the same deployment before sending
 */
record Decision(BuildDeployment record, Origin origin, Text why, long baseline) {

    static Decision take(BuildDeployment record, Origin origin, Text why) {
        return new Decision(record, origin, why, 0);
    }

    static Decision send(long baseline) {
        return new Decision(null, null, null, baseline);
    }
}
