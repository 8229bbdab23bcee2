package io.jenkins.plugins.metakraftwerk.simulation;

/** One life of a controller, from its start to its stop or crash. What it had before it is dropped with it. */
final class ControllerLife {

    /** When it began, in nanoseconds of the scheduler. */
    final long began;

    final int number;
    private boolean over;

    /** How much it has before it: what a run retains shows here too. */
    int pending;

    ControllerLife(int number, long began) {
        this.number = number;
        this.began = began;
    }

    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }
}
