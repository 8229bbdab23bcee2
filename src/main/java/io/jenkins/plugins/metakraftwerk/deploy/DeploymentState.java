package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * How far a run has come; all that it needs to go on after a restart, and the only thing that says what it may have done
 * before that. A plain class, since Pipeline serialises it with a library of its own.
 */
public final class DeploymentState implements Serializable {

    private static final long serialVersionUID = 1L;

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
        /** Stored by a newer version of this plugin, which may have done anything; never stored by this one. */
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

    /** A text, since a newer version may store one that is not known here, and a program must load all the same. */
    private final String phase;

    private final long waitUntil;
    private final boolean sawUnfinished;
    private final boolean doubted;
    private final long baseline;
    private final DeploymentResult result;

    private DeploymentState(
            Phase phase,
            long waitUntil,
            boolean sawUnfinished,
            boolean doubted,
            long baseline,
            DeploymentResult result) {
        this.phase = phase.name();
        this.waitUntil = waitUntil;
        this.sawUnfinished = sawUnfinished;
        this.doubted = doubted;
        this.baseline = baseline;
        this.result = result;
    }

    /** Where a run begins. */
    public static DeploymentState initial(boolean waitForBuild, Duration waitLimit, Instant now) {
        return new DeploymentState(
                waitForBuild ? Phase.WAITING : Phase.PLANNED,
                now.plus(waitLimit).toEpochMilli(),
                false,
                false,
                0,
                null);
    }

    DeploymentState unfinished() {
        return new DeploymentState(phase(), waitUntil, true, doubted, baseline, null);
    }

    DeploymentState planned() {
        return new DeploymentState(Phase.PLANNED, waitUntil, sawUnfinished, doubted, baseline, null);
    }

    /** Planned anew, after a refusal that may nevertheless have come after the work was done. */
    DeploymentState plannedInDoubt() {
        return new DeploymentState(Phase.PLANNED, waitUntil, sawUnfinished, true, baseline, null);
    }

    DeploymentState sending(long above) {
        return new DeploymentState(Phase.SENDING, waitUntil, sawUnfinished, doubted, above, null);
    }

    DeploymentState done(DeploymentResult outcome) {
        return new DeploymentState(Phase.DONE, waitUntil, sawUnfinished, doubted, baseline, outcome);
    }

    public Phase phase() {
        return Stream.of(Phase.values())
                .filter(one -> one.name().equals(phase))
                .findFirst()
                .orElse(Phase.NEWER);
    }

    /** What may have been done by the run that stored this. */
    public Standing standing() {
        if (phase() == Phase.DONE) {
            return Standing.ENDED;
        }
        return isOut() || doubted ? Standing.MAY_HAVE_SENT : Standing.NOTHING_SENT;
    }

    /** Whether a request of the run that stored this may be on its way, or have been answered since. */
    boolean isOut() {
        return phase() == Phase.SENDING || phase() == Phase.NEWER;
    }

    /** When waiting is given up, for the build or for another run; the wait survives a restart and does not start anew. */
    Instant waitUntil() {
        return Instant.ofEpochMilli(waitUntil);
    }

    /** Whether this run has seen the build before it was finished, so that nobody can have deployed it by hand before. */
    boolean sawUnfinished() {
        return sawUnfinished;
    }

    /** Whether the server has answered 'not now' to a request in a way that may have come after the work was done. */
    public boolean doubted() {
        return doubted;
    }

    /**
     * The highest id of the same deployment before sending, of the first request that is in doubt; 0 if there was none. No
     * record is above that of a state that is not understood, since none could be told to be its own.
     */
    long baseline() {
        return phase() == Phase.NEWER ? Long.MAX_VALUE : baseline;
    }

    /** The outcome, in {@link Phase#DONE}. */
    public DeploymentResult result() {
        return result;
    }

    @Override
    public String toString() {
        return phase + (phase() == Phase.SENDING ? " above " + baseline : "");
    }
}
