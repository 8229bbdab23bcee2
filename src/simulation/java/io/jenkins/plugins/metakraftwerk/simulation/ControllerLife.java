package io.jenkins.plugins.metakraftwerk.simulation;

/** Life of a controller, from its start to its stop or crash. Its planned events end with it. */
final class ControllerLife {

    /** Its start, in nanoseconds of the scheduler. */
    final long began;

    final int number;
    private boolean over;

    /** Number of its planned events. What a run retains shows here too. */
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
