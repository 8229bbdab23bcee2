package io.jenkins.plugins.metakraftwerk.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * State of a run, with all that it needs to go on after a restart. Nothing else says what the run may have done before
 * that.
 *
 * @param stage the name of its phase: a text, since a newer version may write one that is not known here
 * @param until the end of all waits, in milliseconds since 1970
 * @param sawUnfinished true if the run has seen the build before it was finished; then nobody can have deployed it by
 *     hand before
 * @param doubted true if the server has refused a request with the API's own 503, which may come after the work was
 *     done
 * @param refused true if the server has refused a request of this run
 * @param above the highest id of the same deployment before sending
 * @param result the outcome, in {@link Phase#DONE}; otherwise null
 */
public record DeploymentState(
        String stage,
        long until,
        boolean sawUnfinished,
        boolean doubted,
        boolean refused,
        long above,
        DeploymentResult result) {

    /** Phase of a run, in the order in which a run goes through them. */
    public enum Phase {
        /** The run waits for the build to finish; nothing was sent. */
        WAITING,
        /** The run has yet to read the existing records; nothing was sent, or the server has refused it. */
        PLANNED,
        /** The request may have been sent. */
        SENDING,
        /** The outcome is known. */
        DONE,
        /** The ledger does not have the run, although it had been entered there. The run may have done anything. */
        LOST,
        /**
         * A newer version of the plugin has written the phase. The run may have done anything. This version never
         * writes it.
         */
        NEWER
    }

    /** Possible effect of a run on the server. */
    public enum Standing {
        /** The server has nothing of it. */
        NOTHING_SENT,
        /**
         * The request may have been sent and carried out. The outcome of such a run is looked for, and nothing is sent
         * again.
         */
        MAY_HAVE_SENT,
        /** The result is there. */
        ENDED
    }

    private DeploymentState in(Phase phase) {
        return new DeploymentState(phase.name(), until, sawUnfinished, doubted, refused, above, null);
    }

    /** Creates the state in which a run begins. */
    public static DeploymentState initial(boolean waitForBuild, Duration waitLimit, Instant now) {
        Phase phase = waitForBuild ? Phase.WAITING : Phase.PLANNED;
        return new DeploymentState(phase.name(), now.plus(waitLimit).toEpochMilli(), false, false, false, 0, null);
    }

    DeploymentState unfinished() {
        return new DeploymentState(stage, until, true, doubted, refused, above, null);
    }

    DeploymentState planned() {
        return in(Phase.PLANNED);
    }

    /**
     * Returns the state for a new plan after a refused request.
     *
     * @param wasRefused true if the server has got the request
     * @param inDoubt true if the refusal may have come after the work was done
     */
    DeploymentState plannedAnew(boolean wasRefused, boolean inDoubt) {
        return new DeploymentState(
                Phase.PLANNED.name(), until, sawUnfinished, doubted || inDoubt, refused || wasRefused, above, null);
    }

    DeploymentState sending(long baseline) {
        return new DeploymentState(Phase.SENDING.name(), until, sawUnfinished, doubted, refused, baseline, null);
    }

    DeploymentState done(DeploymentResult outcome) {
        return new DeploymentState(Phase.DONE.name(), until, sawUnfinished, doubted, refused, above, outcome);
    }

    /** Returns the state for a run that only finds out its outcome: a doubted plan counts as sent. */
    DeploymentState sought() {
        return doubted && phase() == Phase.PLANNED ? sending(above) : this;
    }

    DeploymentState lost() {
        return in(Phase.LOST);
    }

    /** Returns true if the parts that its phase needs are there. */
    boolean isWhole() {
        return stage != null && (phase() != Phase.DONE || (result != null && result.isWhole()));
    }

    public Phase phase() {
        return Stream.of(Phase.values())
                .filter(one -> one.name().equals(stage))
                .findFirst()
                .orElse(Phase.NEWER);
    }

    /** Returns the possible effect of a run in this state. */
    public Standing standing() {
        if (phase() == Phase.DONE) {
            return Standing.ENDED;
        }
        return isOut() || doubted ? Standing.MAY_HAVE_SENT : Standing.NOTHING_SENT;
    }

    /** Returns true if a request of the run may be on its way, or was perhaps answered since. */
    boolean isOut() {
        return switch (phase()) {
            case SENDING, LOST, NEWER -> true;
            case WAITING, PLANNED, DONE -> false;
        };
    }

    /** Returns true if no record can be told to be the run's own. */
    boolean isBeyondUs() {
        return phase() == Phase.LOST || phase() == Phase.NEWER;
    }

    /** Returns the end of the waits for the build and for other runs. A restart does not begin them anew. */
    Instant waitUntil() {
        return Instant.ofEpochMilli(until);
    }

    /**
     * Returns the highest id of the same deployment before the first doubtful request; 0 if there was none. It is
     * {@link Long#MAX_VALUE} for a state that is not understood: then no record can be told to be the run's own.
     */
    long baseline() {
        return isBeyondUs() ? Long.MAX_VALUE : above;
    }

    @Override
    public String toString() {
        return stage + (phase() == Phase.SENDING ? " above " + above : "");
    }
}
