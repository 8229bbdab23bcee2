package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;

/**
 * Names that were given in place of ids; null if no name was given.
 *
 * @param patternId the id of the pattern, if it was given
 */
public record RequestedNames(
        String pattern, Long patternId, String deployment, String agent, String agentGroup, String project) {

    public static final RequestedNames NONE = new RequestedNames(null, null, null, null, null, null);

    public static RequestedNames from(DeploymentRequest request) {
        return new RequestedNames(
                request.pattern(),
                request.patternId(),
                request.deployment(),
                request.agent(),
                request.agentGroup(),
                null);
    }

    public static RequestedNames from(BuildDeploymentFilter filter) {
        return new RequestedNames(filter.pattern(), filter.patternId(), filter.deployment(), null, null, null);
    }

    public static RequestedNames from(BuildFilter filter) {
        return new RequestedNames(filter.pattern(), filter.patternId(), null, null, null, filter.project());
    }
}
