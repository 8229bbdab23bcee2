package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;

/** Rules for the moment in which a run takes a record that was not the response to its own request. */
final class TakingRules {

    private final World world;
    private final SimRun run;

    TakingRules(World world, SimRun run) {
        this.world = world;
        this.run = run;
    }

    void check(DeploymentResult result) {
        boolean takes = result.origin() == Origin.ADOPTED || (result.origin() == Origin.SKIPPED && run.foundAnother);
        SimRecord record = world.server(World.HOST).database.get(result.record().id(), run);
        if (record != null && run.taken == record) {
            // An abort says it again.
            return;
        }
        boolean fromBefore = isTakenBefore(record);
        run.taken = record;
        if (!takes || record == null || record.cause == null || record.cause.sender == run) {
            return;
        }
        SimRun owner = record.cause.sender;
        boolean open = isOpenFromBefore(owner, record);
        // The run that sent later waits for the other, if both search for their records. It does not wait for a run
        // that has ended without a record.
        boolean isBefore = owner.running == null ? !owner.endedUnknown : owner.sendingFrom < run.sendingFrom;
        boolean waits = fromBefore || (open && isBefore);
        if (isInDoubt() ? waits : isOnItsWay(record) || fromBefore || open) {
            world.witness.violation("b", run + " takes " + record + ", whose request is not over");
        }
    }

    /** Returns true if another run has it already, but was killed before that was noted, and continues later. */
    private boolean isTakenBefore(SimRecord record) {
        return record != null
                && world.controller.runs.stream()
                        .anyMatch(other -> other != run
                                && other.taken == record
                                && other.stored.phase() == Phase.DONE
                                && other.outcome == null
                                && other.running == null);
    }

    /** Returns true if, by all that it knows, its own request may have brought the record as well. */
    private boolean isInDoubt() {
        return run.stored.phase() == Phase.SENDING || run.posts.stream().anyMatch(post -> !post.request.refused);
    }

    private boolean isOnItsWay(SimRecord record) {
        return !record.cause.over && life(record) == world.controller.life().number;
    }

    /**
     * Returns true if the run that asked for it was killed since and continues, or will. Nobody has to wait for a run
     * that is known to have ended unknown, even if its build comes back as it was before. Nor for a run that came back
     * minutes late.
     */
    private boolean isOpenFromBefore(SimRun owner, SimRecord record) {
        boolean isOut = owner.stored.phase() == Phase.SENDING
                || (owner.stored.phase() == Phase.DONE && owner.running == null);
        return life(record) < world.controller.life().number
                && owner.outcome == null
                && !owner.missed
                && (isBackSince(owner) || !owner.endedUnknown || owner.noteLost)
                && (owner.taken == null || owner.taken == record)
                && owner.comesBack()
                && isOut;
    }

    /** A run that began before another was back has not seen that its record is searched. */
    private boolean isBackSince(SimRun owner) {
        return owner.running != null && owner.startedAt <= run.startedAt;
    }

    private static int life(SimRecord record) {
        return record.cause.sender.posts.stream()
                .filter(post -> post.request == record.cause)
                .findFirst()
                .orElseThrow()
                .life;
    }
}
