package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/**
 * The state in which an abort leaves a run, as the log and the history tell it.
 *
 * @param text the sentence for people
 * @param result the deployment that the run created, as far as this could be found out; empty if none is known
 * @param outcomeUnknown true if the run may have deployed
 */
public record AbortOutcome(Text text, Optional<DeploymentResult> result, boolean outcomeUnknown) {

    /** Tells the outcome of a run that does not go on from its last state. Reads nothing from the server. */
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

    /**
     * Outcome with a record that the ledger has not kept in time: after a crash nobody would know which run owns it.
     */
    static AbortOutcome perhapsWith(DeploymentResult result, DeploymentPlan plan) {
        return unknown(Text.forKey("abort.perhapsCreated", result.record().id(), plan.check()));
    }
}
