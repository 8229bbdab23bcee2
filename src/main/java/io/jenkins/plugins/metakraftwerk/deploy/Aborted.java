package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * What a run leaves behind that was aborted.
 *
 * @param result the deployment that it created, as far as could be found out
 * @param outcomeUnknown whether it may have deployed
 */
public record Aborted(Text text, Optional<DeploymentResult> result, boolean outcomeUnknown) {

    static Aborted nothing(String key) {
        return new Aborted(Text.of(key), Optional.empty(), false);
    }

    static Aborted unknown(Text perhaps) {
        return new Aborted(perhaps, Optional.empty(), true);
    }

    static Aborted with(DeploymentResult result) {
        return new Aborted(Text.of("abort.created", result.record().id()), Optional.of(result), false);
    }
}
