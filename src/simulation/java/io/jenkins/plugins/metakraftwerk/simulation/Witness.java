package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Checks during a schedule that forbidden events do not happen. {@link FinalRules} checks the rest at the end. */
final class Witness {

    /** Rules that hold whatever the other side says. */
    private static final Set<String> ALWAYS = Set.of("d", "e", "f", "i");

    /** Number of reads of a build after which a run is weighed. Anything that a read left behind would show. */
    private static final int EARLY = 8;

    private static final int LATER = 40;

    private final World world;
    private final List<String> violations = new ArrayList<>();

    private boolean isContent = true;

    /** Violations by rule that happened because a run had to believe something untrue. */
    private final Set<String> deceived = new TreeSet<>();

    Witness(World world) {
        this.world = world;
    }

    List<String> violations() {
        return violations;
    }

    Set<String> deceived() {
        return deceived;
    }

    /** Returns true if nothing is wrong so far that other errors could follow from. */
    boolean isContent() {
        return isContent;
    }

    void violation(String rule, String what) {
        boolean counts = world.scenario.lie() == null || ALWAYS.contains(rule) || isCaught(rule, what);
        world.trace.line(() -> "!! (" + rule + ") " + what);
        if (!counts) {
            deceived.add(rule);
        } else {
            violations.add("(" + rule + ") " + what);
            isContent = false;
        }
    }

    /**
     * A 503 in the form of the API is believed, and a search follows. It does no harm if lists are true and nobody else
     * deploys.
     */
    private boolean isCaught(String rule, String what) {
        Scenario scenario = world.scenario;
        return scenario.lie() == Lie.UNAVAILABLE_AFTER
                && Set.of("a", "c").contains(rule)
                && !what.contains("borted")
                && world.controller.runs.size() == 1
                && scenario.style().lag() == 0
                && scenario.deletions() == 0
                && !scenario.restored();
    }

    void sent(SimRequest request, SimFault fault) {
        SimRun run = request.sender;
        if (run == null) {
            return;
        }
        run.requests.add(request);
        world.turns.asks(run, request);
        if (request.isBuild() && run.knowsUnfinished && !isUnfinishedStored(run)) {
            violation("o", run + " goes on before it is stored that it has seen the build unfinished");
        }
        if (!request.host.equals(World.HOST)) {
            violation("r", run + " asks another server than it began with: " + request);
        }
        if (request.isDeployment()) {
            isBroughtBack(run);
            run.posts.add(new SimRun.Post(request, run.shown, world.controller.life().number));
            new SendingRules(world, run).check();
            world.people.atThatMoment(run);
        } else if (request.isBuild() && run.lastAnswered != null && run.lastAnswered.isBuild()) {
            retained(run);
        }
        run.lastAnswered = null;
    }

    /** Checks that a read leaves nothing behind, however many there are. */
    private void retained(SimRun run) {
        run.looks++;
        boolean alone = world.controller.runs.size() == 1 && run.lives == 1 && run.running != null;
        if (!alone || (run.looks != EARLY && run.looks != LATER)) {
            return;
        }
        int now = Retained.by(run.running) + Retained.by(run.result) + world.controller.life().pending;
        if (run.looks == EARLY) {
            run.retainedBefore = now;
        } else if (now > run.retainedBefore + (LATER - EARLY) / 2) {
            violation("f", run + " holds " + now + " after " + run.looks + " looks, " + run.retainedBefore + " before");
        }
    }

    /** Called when the server has read its database for a list. */
    void looked(SimRequest request, List<SimRecord> view) {
        request.view = List.copyOf(view);
        if (request.sender != null) {
            request.sender.exposed = true;
        }
    }

    /** Checks that a run whose build is over sends nothing. */
    private void isBroughtBack(SimRun run) {
        if (run.lives > 1 && !run.comesBack()) {
            violation("a", run + " sends although its build is over");
        }
    }

    /** Notes that a run has stored that nothing of it is on its way. */
    void planned(SimRun run) {
        if (run.posts.stream().noneMatch(post -> post.doubted)) {
            run.exposed = false;
            world.people.meanwhile(run);
        }
    }

    void read(SimRequest request, String status) {
        request.buildStatus = status;
    }

    /** Called when a response begins to arrive, from the server or not. */
    void answering(SimRequest request, SimReply reply) {
        SimRun run = request.sender;
        request.refused = reply.status() >= 300 && reply.status() < 500 && reply.status() != 408;
        if (request.isDeployment() && reply.status() == 503 && run != null && isOfTheApi(reply)) {
            run.posts.stream().filter(post -> post.request == request).forEach(post -> post.doubted = true);
        }
    }

    private static boolean isOfTheApi(SimReply reply) {
        String body = new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8);
        return body.contains("\"code\":503") && (body.contains("\"name\":\"Un") || body.contains("\"className\":\"un"));
    }

    /** Called when the response of the server itself has arrived whole. */
    void answered(SimRequest request) {
        SimRun run = request.sender;
        if (run == null) {
            return;
        }
        run.lastAnswered = request;
        if (request.view != null) {
            Set<Long> shown = new TreeSet<>();
            SimRecord newest = null;
            for (SimRecord record : request.view) {
                if (run.job.asked().sameDeployment(record)) {
                    shown.add(record.id);
                    boolean newer = newest == null || record.id > newest.id;
                    newest = newer && run.job.asked().sameExecutor(record) ? record : newest;
                }
            }
            run.shown = shown;
            run.shownInThisLife = shown;
            run.shownAlone = world.controller.runs.stream()
                    .filter(other -> other != run)
                    .flatMap(other -> other.posts.stream())
                    .allMatch(post -> post.request.over);
            if (newest != null && !request.query.containsKey("build_id")) {
                run.newest.add(newest.id);
            }
        }
        if (request.buildStatus != null) {
            run.buildSeen = request.buildStatus;
            boolean unfinished = request.buildStatus.equals("BUILDING") && run.job.waitForBuild();
            run.sawUnfinished |= unfinished;
            run.knowsUnfinished |= unfinished;
        }
    }

    void created(SimRecord record) {
        SimRun run = record.cause.sender;
        // A run that finds nothing because records were lost may send again.
        if (run.worked() > 1 && !world.server(World.HOST).database.wasRestored()) {
            violation("a", run + " has deployed " + run.worked() + " times");
        }
    }

    void found(SimRun finder, String owner, DeploymentResult result) {
        finder.foundAnother = true;
        for (SimRun run : world.controller.runs) {
            if (run.owner.equals(owner)) {
                run.foundLater = result;
                if (run.outcome != null && !run.outcome.isUnknown() && !run.claimLost) {
                    violation("q", finder + " says what became of " + run + ", which had ended " + run.outcome);
                }
            }
        }
    }

    void aborted(SimRun run) {
        long took = world.scheduler.now() - run.abortedAt;
        if (took > Scheduler.SECOND) {
            violation("e", "the abort of " + run + " took " + took / Scheduler.MILLI + " ms");
        }
    }

    void ended(SimRun run) {
        run.endedAt = world.scheduler.now();
        run.endedUnknown |= run.outcome.isUnknown();
        new RunEndRules(world, run).check();
    }

    /** Reports a run that takes too long, since it may never end. */
    void clockIsRunning() {
        for (SimRun run : world.controller.runs) {
            if (run.isLive()) {
                RunTimeLimits.check(world, run);
                if (run.aborting && world.scheduler.now() - run.abortedAt > Scheduler.SECOND) {
                    aborted(run);
                }
            }
        }
    }

    private boolean isUnfinishedStored(SimRun run) {
        return world.controller.disk().stateOf(run).stream().anyMatch(DeploymentState::sawUnfinished);
    }
}
