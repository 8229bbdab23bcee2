package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AbortOutcome;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;

/** Outcome of a run, as its Jenkins build was told. */
sealed interface RunOutcome {

    record Done(DeploymentResult result) implements RunOutcome {
        @Override
        public String toString() {
            return result.toString();
        }
    }

    record Failed(MetaKraftwerkException failure) implements RunOutcome {
        @Override
        public String toString() {
            return failure.effect() + " " + failure.getMessage();
        }
    }

    record Stopped(AbortOutcome aborted) implements RunOutcome {
        @Override
        public String toString() {
            return "aborted: " + aborted.text() + aborted.result().map(r -> " " + r).orElse("");
        }
    }

    /** Returns the record that the run reports, or null. */
    default DeploymentResult record() {
        return switch (this) {
            case Done(DeploymentResult result) -> result;
            case Failed failed -> null;
            case Stopped(AbortOutcome aborted) -> aborted.result().orElse(null);
        };
    }

    default boolean isUnknown() {
        return switch (this) {
            case Done done -> false;
            case Failed(MetaKraftwerkException failure) -> failure.effect() == Effect.UNKNOWN;
            case Stopped(AbortOutcome aborted) -> aborted.outcomeUnknown();
        };
    }

    /** Returns true if it says that nothing was deployed. */
    default boolean saysNothingDone() {
        return record() == null && !isUnknown();
    }

    /** Returns true if its message has this text, perhaps inside another one. */
    default boolean mentions(String key) {
        return switch (this) {
            case Done done -> false;
            case Failed(MetaKraftwerkException failure) -> mentions(failure.text(), key);
            case Stopped(AbortOutcome aborted) -> mentions(aborted.text(), key);
        };
    }

    private static boolean mentions(Text text, String key) {
        return text.key().equals(key)
                || text.args().stream().anyMatch(arg -> arg instanceof Text inner && mentions(inner, key));
    }
}
