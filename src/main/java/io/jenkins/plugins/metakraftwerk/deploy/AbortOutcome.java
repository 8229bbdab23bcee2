package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * What a run leaves behind that was aborted.
 *
 * @param result the deployment that it created, as far as could be found out
 * @param outcomeUnknown whether it may have deployed
 */
public record AbortOutcome(Text text, Optional<DeploymentResult> result, boolean outcomeUnknown) {

    /** What is known of a run that does not go on from its last state. */
    public static AbortOutcome from(DeploymentState last, DeploymentPlan plan) {
        return switch (last.standing()) {
            case NOTHING_SENT -> nothing(last.refused() ? "abort.refused" : "abort.nothing");
            case MAY_HAVE_SENT -> unknown(plan.perhaps());
            case ENDED -> last.result().created() ? with(last.result()) : nothing("abort.nothing");
        };
    }

    static AbortOutcome nothing(String key) {
        return new AbortOutcome(Text.forKey(key), Optional.empty(), false);
    }

    static AbortOutcome unknown(Text perhaps) {
        return new AbortOutcome(perhaps, Optional.empty(), true);
    }

    static AbortOutcome with(DeploymentResult result) {
        return new AbortOutcome(Text.forKey("abort.created", result.record().id()), Optional.of(result), false);
    }

    /** There is a record, but after a crash nobody would know whose it is. */
    static AbortOutcome perhapsWith(DeploymentResult result, DeploymentPlan plan) {
        return unknown(Text.forKey("abort.perhapsCreated", result.record().id(), plan.check()));
    }
}
