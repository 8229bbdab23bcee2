package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.util.Objects;

/**
 * Parts of a request that make two requests the same: server, build, pattern and deployment as they were typed. The
 * agent does not count. A name and an id of one pattern make two keys, since nobody knows before that they mean the
 * same.
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

    /** Returns true if both have the same target, with any build. */
    boolean isSameTarget(RequestKey other) {
        return server.equals(other.server)
                && Objects.equals(pattern, other.pattern)
                && Objects.equals(patternId, other.patternId)
                && Objects.equals(deployment, other.deployment)
                && Objects.equals(deploymentId, other.deploymentId);
    }

    /** Returns true if a record may belong to both. A name may be typed in two ways, and may mean the same as an id. */
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

    /**
     * Returns the scope: requests of one scope may create records that look alike. Names and ids may mean the same, so
     * only server and build count.
     */
    String scope() {
        return server + "#" + buildId;
    }
}
