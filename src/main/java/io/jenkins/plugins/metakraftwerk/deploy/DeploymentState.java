package io.jenkins.plugins.metakraftwerk.deploy;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How far a run has come; all that it needs to go on after a restart, and the only thing that says what it may have done
 * before that.
 *
 * @param stage the name of its phase: a text, since a newer version may write one that is not known here
 * @param until when waiting is given up, in milliseconds since 1970
 * @param sawUnfinished whether this run has seen the build before it was finished, so that nobody can have deployed it by
 *     hand before
 * @param doubted whether the server has answered 'not now' to a request in a way that may have come after the work was done
 * @param refused whether the server has refused a request of this run
 * @param above the highest id of the same deployment before sending
 * @param result the outcome, in {@link Phase#DONE}
 */
public record DeploymentState(
        String stage,
        long until,
        boolean sawUnfinished,
        boolean doubted,
        boolean refused,
        long above,
        DeploymentResult result) {

    /** The stages of a run, in their order. */
    public enum Phase {
        /** Waits for the build to finish; nothing was sent. */
        WAITING,
        /** Has yet to look for existing records; nothing was sent, or the server has refused it. */
        PLANNED,
        /** The request may have been sent. */
        SENDING,
        /** The outcome is known. */
        DONE,
        /** The ledger does not know it, although it had entered it; so it may have done anything. */
        LOST,
        /** Written by a newer version of this plugin, which may have done anything; never written by this one. */
        NEWER
    }

    /** What a run may have done. */
    public enum Standing {
        /** The server has nothing of it. */
        NOTHING_SENT,
        /** The request may have been sent, and carried out; what becomes of such a run is looked for, never sent. */
        MAY_HAVE_SENT,
        /** The result is there. */
        ENDED
    }

    private DeploymentState in(Phase phase) {
        return new DeploymentState(phase.name(), until, sawUnfinished, doubted, refused, above, null);
    }

    /** Where a run begins. */
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
     * Planned anew, since nothing came of a request.
     *
     * @param wasRefused whether the server has got it
     * @param inDoubt whether the refusal may nevertheless have come after the work was done
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

    /** The same for whoever only finds out what became of it. */
    DeploymentState sought() {
        return doubted && phase() == Phase.PLANNED ? sending(above) : this;
    }

    DeploymentState lost() {
        return in(Phase.LOST);
    }

    /** Whether it can be told from the others what it says. */
    boolean isWhole() {
        return stage != null && (phase() != Phase.DONE || (result != null && result.isWhole()));
    }

    public Phase phase() {
        return Stream.of(Phase.values())
                .filter(one -> one.name().equals(stage))
                .findFirst()
                .orElse(Phase.NEWER);
    }

    /** What may have been done by the run that has come so far. */
    public Standing standing() {
        if (phase() == Phase.DONE) {
            return Standing.ENDED;
        }
        return isOut() || doubted ? Standing.MAY_HAVE_SENT : Standing.NOTHING_SENT;
    }

    /** Whether a request of the run may be on its way, or have been answered since. */
    boolean isOut() {
        return switch (phase()) {
            case SENDING, LOST, NEWER -> true;
            case WAITING, PLANNED, DONE -> false;
        };
    }

    /** Whether nobody can tell which record would be its own. */
    boolean isBeyondUs() {
        return phase() == Phase.LOST || phase() == Phase.NEWER;
    }

    /** When waiting is given up, for the build or for another run; the wait survives a restart and does not start anew. */
    Instant waitUntil() {
        return Instant.ofEpochMilli(until);
    }

    /**
     * The highest id of the same deployment before sending, of the first request that is in doubt; 0 if there was none. No
     * record is above that of a state that is not understood, since none could be told to be its own.
     */
    long baseline() {
        return isBeyondUs() ? Long.MAX_VALUE : above;
    }

    @Override
    public String toString() {
        return stage + (phase() == Phase.SENDING ? " above " + above : "");
    }
}
