package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.stream.Stream;

/** Rules for the moment in which a run ends. */
final class RunEndRules {

    private final World world;
    private final SimRun run;

    RunEndRules(World world, SimRun run) {
        this.world = world;
        this.run = run;
    }

    void check() {
        RunTimeLimits.check(world, run);
        if (run.outcome instanceof RunOutcome.Failed(MetaKraftwerkException failure)) {
            renewed(failure);
            held();
            // The failed read may have been the one that decides.
            if (run.outcome.isUnknown() && run.outcome.mentions("run.noRecord") && hasSeenItsOwn()) {
                violation("s", "ends unknown although it has seen its record, which is nobody else's");
            }
        }
    }

    /** A refused credential is looked up again, and its new value is tried. */
    private void renewed(MetaKraftwerkException failure) {
        boolean refused = failure.is(401);
        if (refused && run.renewedAfter < 0) {
            violation("w", "gives up without looking its credential up anew");
        } else if (refused && run.renewed && run.renewedAfter == run.requests.size()) {
            violation("w", "gives up without trying its new credential");
        }
    }

    /**
     * A run that ends unknown without sending does so because of another run: an earlier one of its build, or one that
     * it waited for.
     */
    private void held() {
        boolean holds = run.outcome.isUnknown() && run.posts.isEmpty() && run.lives == 1 && !run.job.skips();
        boolean has = world.controller.runs.stream()
                .anyMatch(other -> other != run
                        && other.who.build().equals(run.who.build())
                        && (other.endedUnknown || other.missed || !other.posts.isEmpty() || other.lives > 1));
        if (holds && !has) {
            violation("x", "ends unknown for the sake of another build");
        }
    }

    private boolean hasSeenItsOwn() {
        // One page of a longer list says nothing.
        boolean whole = world.scenario.style().page() == 0 && !run.barred;
        boolean alone = run.shownAlone;
        boolean seen = false;
        for (SimRun other : world.controller.runs) {
            alone &=
                    other == run || other.job.asked().build() != run.job.asked().build() || hasBeenTold(other);
        }
        for (SimRun.Post post : run.posts) {
            for (SimRecord record : world.server(World.HOST).database.records) {
                boolean fits = run.job.asked().sameExecutor(record);
                seen |= record.cause == post.request
                        && fits
                        && run.shownInThisLife.contains(record.id)
                        && !isTaken(record);
            }
        }
        boolean likely =
                alone && run.lives == 1 && !world.server(World.HOST).database.wasRestored();
        return whole && seen && (run.claims || likely);
    }

    /**
     * Returns true if another run has it or may soon have it, for example one that waited for the build and takes it
     * for the deployment of the server.
     */
    private boolean isTaken(SimRecord record) {
        return world.controller.runs.stream()
                .filter(other -> other != run)
                .anyMatch(other -> has(other, record) || isAboutToTake(other, record));
    }

    private static boolean isAboutToTake(SimRun run, SimRecord record) {
        return run.isLive() && run.sawUnfinished && run.shownInThisLife.contains(record.id);
    }

    private static boolean has(SimRun run, SimRecord record) {
        if (run.saidRecord() == record) {
            return true;
        }
        var landed = run.outcome == null ? null : run.outcome.record();
        return Stream.concat(run.late.stream(), Stream.ofNullable(landed))
                .anyMatch(result -> result.record().id() == record.id);
    }

    /**
     * Returns true if it got a response to each of its requests, so that it needs no record of another run. A run that
     * continues after a restart does not know if it had sent.
     */
    private static boolean hasBeenTold(SimRun run) {
        return (run.lives == 1 || run.sendingFrom == 0)
                && run.posts.stream().allMatch(post -> post.request.answeredAt > 0 || post.request.refused);
    }

    private void violation(String rule, String what) {
        world.witness.violation(rule, run + " " + what);
    }
}
