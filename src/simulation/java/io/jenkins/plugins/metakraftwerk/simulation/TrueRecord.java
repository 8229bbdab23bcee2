package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that a run may report the record that it reports. */
final class TrueRecord {

    private final World world;
    private final SimRun run;
    private final DeploymentResult result;
    private final SimRecord record;
    private final RequestedDeployment asked;

    TrueRecord(World world, SimRun run, DeploymentResult result) {
        this.world = world;
        this.run = run;
        this.result = result;
        record = world.server(World.HOST).database.get(result.record().id(), run);
        asked = run.job.asked();
    }

    void check() {
        if (result.origin() == Origin.SKIPPED && world.server(World.HOST).database.wasRestored()) {
            // For five minutes, the memory of this controller counts more than a list, which may lag.
            return;
        }
        if (run.said != null && run.said.record == record) {
            // A run that its build brings back relies on that.
            return;
        }
        if (record == null) {
            violation("does not exist");
        } else if (!asked.isOfBuild(record)) {
            violation("is of something else: " + record);
        } else if (result.origin() == Origin.CREATED) {
            created();
        } else if (result.origin() == Origin.ADOPTED) {
            adopted();
        } else {
            skipped();
        }
    }

    private void created() {
        if (record.cause == null || record.cause.sender != run) {
            violation("is not its own: " + record);
        }
    }

    private void adopted() {
        boolean earlier = hasEarlierAttempt();
        // Another record may have had its id then.
        boolean restored = world.server(World.HOST).database.wasRestored();
        boolean automatic = run.sawUnfinished && record.agent == null && record.group == null;
        if (!asked.sameExecutor(record) && !automatic && !earlier) {
            violation("is carried out by somebody else: " + record);
        }
        // A run that read before and after the restore sees a new record.
        if (record.cause == null && !record.automatic && !record.cameBack) {
            violation("somebody else has made: " + record);
        }
        if (run.shownBeforeSending == null) {
            if (!run.sawUnfinished && !earlier) {
                violation("was there before, and the run has sent nothing: " + record);
            }
        } else if (shownBefore().contains(record.id) && !restored && !run.sawUnfinished && !earlier) {
            violation("was there before the request: " + record);
        }
    }

    /**
     * Returns what was shown before the first request with a response that may be untrue, or else before the last
     * request, which has none.
     */
    private Set<Long> shownBefore() {
        for (SimRun.Post post : run.posts) {
            if (post.doubted) {
                return post.shownBefore;
            }
        }
        return run.shownBeforeSending;
    }

    private boolean hasEarlierAttempt() {
        for (SimRun other : world.controller.runs) {
            boolean unknown = other != run
                    && (other.outcome == null ? hasBeenKilled(other) : other.outcome.isUnknown())
                    && SendingRules.isSameKind(run, other);
            if (unknown) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if it was killed and nobody continues it. */
    private boolean hasBeenKilled(SimRun other) {
        return !other.comesBack() && other.running == null && !other.posts.isEmpty();
    }

    private void skipped() {
        boolean newest = run.newest.contains(record.id);
        // A record of this controller counts, whatever the list says of it.
        boolean own = record.cause != null || isOfAnotherRun();
        // The run before it in the queue had ended unknown, and this is its outcome.
        if (!newest && !own && !run.foundAnother) {
            violation("was not what was deployed last: " + record);
        }
        if (!asked.sameExecutor(record)) {
            violation("is carried out by somebody else: " + record);
        }
    }

    private boolean isOfAnotherRun() {
        if (world.controller.runs.stream().anyMatch(other -> other != run && other.saidRecord() == record)) {
            return true;
        }
        return world.controller.runs.stream()
                .filter(other -> other != run && other.outcome != null)
                .flatMap(other -> Stream.concat(Stream.ofNullable(other.outcome.record()), other.late.stream()))
                .anyMatch(one -> one.created() && one.record().id() == record.id);
    }

    private void violation(String what) {
        world.witness.violation("b", run + " says " + result + ", which " + what);
    }
}
