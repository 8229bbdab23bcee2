package io.jenkins.plugins.metakraftwerk.simulation;

/** What somebody has said of a run that ended unknown. */
final class SaidOutcome {

    /** Its record; null where nothing came of it. */
    final SimRecord record;

    final long at;

    /** Whether it would survive a crash. */
    private boolean kept;

    /** Whether it did not, perhaps. */
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
