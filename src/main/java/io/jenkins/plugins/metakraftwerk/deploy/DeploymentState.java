package io.jenkins.plugins.metakraftwerk.deploy;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a run has come; all that it needs to go on after a restart. A plain class, since Pipeline serialises it with a
 * library of its own.
 */
public final class DeploymentState implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The stages of a run, in their order. */
    public enum Phase {
        /** Waits for the build to finish; nothing was sent. */
        WAITING,
        /** Has yet to look for existing records; nothing was sent. */
        PLANNED,
        /** The request may have been sent. */
        SENDING,
        /** The outcome is known. */
        DONE
    }

    private final Phase phase;
    private final long waitUntil;
    private final long baseline;
    private final DeploymentResult result;

    private DeploymentState(Phase phase, long waitUntil, long baseline, DeploymentResult result) {
        this.phase = phase;
        this.waitUntil = waitUntil;
        this.baseline = baseline;
        this.result = result;
    }

    /** Where a run begins. */
    public static DeploymentState initial(boolean waitForBuild, Duration waitLimit, Instant now) {
        return waitForBuild
                ? new DeploymentState(Phase.WAITING, now.plus(waitLimit).toEpochMilli(), 0, null)
                : planned();
    }

    static DeploymentState planned() {
        return new DeploymentState(Phase.PLANNED, 0, 0, null);
    }

    static DeploymentState sending(long baseline) {
        return new DeploymentState(Phase.SENDING, 0, baseline, null);
    }

    static DeploymentState done(DeploymentResult result) {
        return new DeploymentState(Phase.DONE, 0, 0, result);
    }

    public Phase phase() {
        return phase;
    }

    /** When the wait for the build is given up; the wait survives a restart and does not start anew. */
    Instant waitUntil() {
        return Instant.ofEpochMilli(waitUntil);
    }

    /** The highest id of the same deployment before sending; 0 if there was none. */
    long baseline() {
        return baseline;
    }

    /** The outcome, in {@link Phase#DONE}. */
    public DeploymentResult result() {
        return result;
    }

    @Override
    public String toString() {
        return phase + (phase == Phase.SENDING ? " above " + baseline : "");
    }
}
