package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * What a run leaves behind that was aborted.
 *
 * @param result the deployment that it created, as far as could be found out
 */
public record Aborted(Text text, Optional<DeploymentResult> result) {

    static Aborted without(Text text) {
        return new Aborted(text, Optional.empty());
    }

    static Aborted with(DeploymentResult result) {
        return new Aborted(Text.of("abort.created", result.record().id()), Optional.of(result));
    }
}
