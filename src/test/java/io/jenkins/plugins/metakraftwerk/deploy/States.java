package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.time.Duration;
import java.time.Instant;

/** States as a run would have stored them. */
final class States {

    static final Duration WAIT = Duration.ofMinutes(10);

    private States() {}

    static DeploymentState planned() {
        return DeploymentState.initial(false, WAIT, Instant.parse("2025-06-01T12:00:00Z"));
    }

    static DeploymentState sending(long baseline) {
        return planned().sending(baseline);
    }

    static DeploymentState done(Origin origin, long id) {
        return done(new DeploymentResult(origin, new BuildDeployment(id, 5139L, 11L, 21L, null, null, null)));
    }

    static DeploymentState done(DeploymentResult result) {
        return planned().done(result);
    }

    /** The state as it comes back from a disk. */
    static DeploymentState reread(DeploymentState state) {
        return read(JsonLine.write(state));
    }

    /** As a newer version could have written it: with another word in the place of one. */
    static DeploymentState reread(DeploymentState state, String word, String other) {
        return read(JsonLine.write(state).replace(word, other));
    }

    private static DeploymentState read(String text) {
        return JsonLine.read(text, DeploymentState.class).orElseThrow();
    }
}
