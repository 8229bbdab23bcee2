package io.jenkins.plugins.metakraftwerk.simulation;

/**
 * Trouble in a schedule of triggers, until it is calm at the end: few kinds of it, and much of each. Each call may
 * bring trouble.
 */
final class WatchTrouble {

    static final long HOUR = 60 * Scheduler.MINUTE;

    private final Chance chance;
    private final Scheduler scheduler;
    private final long end;

    /** Share of actions soon after which the controller is killed; the other rates in the same way. */
    private final double kills;

    private final double disk;
    private final double faults;
    private final double slowness;
    private final double answers;

    /** Until then, the server takes minutes for each poll, and perhaps each task for its thread. */
    private long slowUntil;

    private boolean busy;

    /** @param end time at which the calm begins */
    WatchTrouble(Chance chance, Scheduler scheduler, long end) {
        this.chance = chance;
        this.scheduler = scheduler;
        this.end = end;
        kills = chance.oneOf(0.0, 0.02, 0.1, 0.3);
        disk = chance.oneOf(0.0, 0.0, 0.02, 0.2);
        faults = chance.oneOf(0.0, 0.0, 0.005, 0.03);
        slowness = chance.oneOf(0.0, 0.0, 0.01, 0.1);
        answers = chance.oneOf(0.02, 0.1, 0.2);
    }

    boolean isCalm() {
        return scheduler.now() > end;
    }

    private boolean happens(double rate) {
        return !isCalm() && chance.happens(rate);
    }

    boolean kills() {
        return happens(kills / 5);
    }

    boolean restarts() {
        return happens(kills / 20);
    }

    boolean diskFails() {
        return happens(disk);
    }

    /** Returns true if an Error hits the current action. */
    boolean fault() {
        return happens(faults);
    }

    boolean noThread() {
        return happens(slowness / 10);
    }

    boolean noAnswer() {
        return happens(answers);
    }

    boolean noCredential() {
        return happens(answers / 10);
    }

    /** Returns true if the end of a poll meets an Error itself. */
    boolean losesAnswers() {
        return happens(faults);
    }

    private boolean isSlow() {
        return scheduler.now() < slowUntil && !isCalm();
    }

    /** Returns how long a task waits for a thread. */
    long handover() {
        boolean late = (busy && isSlow()) || happens(slowness);
        return late ? chance.between(0, 4 * Scheduler.MINUTE) : chance.between(0, Scheduler.SECOND / 4);
    }

    void slow(long nanos) {
        slowUntil = scheduler.now() + nanos;
        busy = chance.happens(0.3);
    }

    /** Returns how long the server takes. */
    long latency() {
        if (isSlow()) {
            return chance.between(0, 10 * Scheduler.MINUTE);
        }
        return happens(answers / 4) ? chance.between(0, 3 * Scheduler.MINUTE) : chance.between(0, Scheduler.SECOND);
    }

    Error error() {
        return chance.oneOf(new OutOfMemoryError("simulated"), new NoClassDefFoundError("simulated"), new StackOverflowError());
    }
}
