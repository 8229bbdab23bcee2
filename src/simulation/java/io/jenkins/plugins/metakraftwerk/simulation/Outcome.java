package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;

/** How a run ended, as its Jenkins build was told; exactly one of the three is there. */
record Outcome(DeploymentResult result, MetaKraftwerkException failure, Aborted aborted) {

    static Outcome of(DeploymentResult result) {
        return new Outcome(result, null, null);
    }

    static Outcome of(MetaKraftwerkException failure) {
        return new Outcome(null, failure, null);
    }

    static Outcome of(Aborted aborted) {
        return new Outcome(null, null, aborted);
    }

    /** The record that the run says is there, or null. */
    DeploymentResult record() {
        return aborted == null ? result : aborted.result().orElse(null);
    }

    boolean isUnknown() {
        return failure != null ? failure.effect() == Effect.UNKNOWN : aborted != null && aborted.outcomeUnknown();
    }

    /** Whether it says that nothing was deployed. */
    boolean saysNothingDone() {
        return record() == null && !isUnknown();
    }

    /** Whether its failure has a text, perhaps within another. */
    boolean mentions(String key) {
        return failure != null && mentions(failure.text(), key);
    }

    private static boolean mentions(Text text, String key) {
        return text.key().equals(key)
                || text.args().stream().anyMatch(arg -> arg instanceof Text inner && mentions(inner, key));
    }

    @Override
    public String toString() {
        if (result != null) {
            return result.toString();
        }
        return failure != null
                ? failure.effect() + " " + failure.getMessage()
                : "aborted: " + aborted.text() + aborted.result().map(r -> " " + r).orElse("");
    }
}
