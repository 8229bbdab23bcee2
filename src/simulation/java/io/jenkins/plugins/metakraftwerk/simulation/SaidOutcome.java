package io.jenkins.plugins.metakraftwerk.simulation;

/** Outcome that somebody has given for a run that ended unknown. */
final class SaidOutcome {

    /** Its record. Null if nothing was deployed. */
    final SimRecord record;

    final long at;

    /** True if it would survive a crash. */
    private boolean kept;

    /** True if it may have been lost in a crash. */
    private boolean lost;

    SaidOutcome(SimRecord record, long at) {
        this.record = record;
        this.at = at;
    }

    void keep() {
        kept = true;
    }

    void crash() {
        lost |= !kept;
    }

    boolean mayBeLost() {
        return lost;
    }

    @Override
    public String toString() {
        return record == null ? "it is not there" : "it is there, " + record;
    }
}
