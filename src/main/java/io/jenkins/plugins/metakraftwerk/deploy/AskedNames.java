package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;

/**
 * What somebody named instead of giving its id; null where not.
 *
 * @param patternId the pattern, where its id was given
 */
public record AskedNames(
        String pattern, Long patternId, String deployment, String agent, String agentGroup, String project) {

    public static final AskedNames NONE = new AskedNames(null, null, null, null, null, null);

    public static AskedNames of(DeploymentRequest request) {
        return new AskedNames(
                request.pattern(),
                request.patternId(),
                request.deployment(),
                request.agent(),
                request.agentGroup(),
                null);
    }

    public static AskedNames of(BuildDeploymentFilter filter) {
        return new AskedNames(filter.pattern(), filter.patternId(), filter.deployment(), null, null, null);
    }

    public static AskedNames of(BuildFilter filter) {
        return new AskedNames(filter.pattern(), filter.patternId(), null, null, null, filter.project());
    }
}
