package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.Objects;

/**
 * What makes two requests the same: server, build, pattern and deployment as they were typed, whoever carries them out. A
 * name and an id of one pattern are two keys, since nobody knows beforehand that they mean the same.
 */
record RequestKey(String server, long buildId, String pattern, Long patternId, String deployment, Long deploymentId) {

    RequestKey {
        server = BoundedText.shared(server);
        pattern = BoundedText.shared(pattern);
        deployment = BoundedText.shared(deployment);
    }

    static RequestKey from(ServerUrl server, DeploymentRequest request) {
        return new RequestKey(
                server.toString(),
                request.buildId(),
                request.pattern(),
                request.patternId(),
                request.deployment(),
                request.deploymentId());
    }

    /** Whether both go to the same place, with whatever build. */
    boolean isSameTarget(RequestKey other) {
        return server.equals(other.server)
                && Objects.equals(pattern, other.pattern)
                && Objects.equals(patternId, other.patternId)
                && Objects.equals(deployment, other.deployment)
                && Objects.equals(deploymentId, other.deploymentId);
    }

    /** Whether a record may be of both: a name may be typed in two ways, and mean the same as an id. */
    boolean mayBringThatOf(RequestKey other) {
        return server.equals(other.server)
                && buildId == other.buildId
                && mayBeSame(pattern, patternId, other.pattern, other.patternId)
                && mayBeSame(deployment, deploymentId, other.deployment, other.deploymentId);
    }

    private static boolean mayBeSame(String name, Long id, String otherName, Long otherId) {
        if (id != null && otherId != null) {
            return id.equals(otherId);
        }
        return name == null || otherName == null || name.strip().equalsIgnoreCase(otherName.strip());
    }

    /** Requests of one scope may create records that look alike. Names and ids may mean the same, so only the build counts. */
    String scope() {
        return server + "#" + buildId;
    }
}
