package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MILLI;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.ManualSettlement;
import io.jenkins.plugins.metakraftwerk.deploy.OpenRun;
import io.jenkins.plugins.metakraftwerk.deploy.RunCoordination;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Starts, continues and aborts the run of a step, and has its build report the end. */
final class RunLauncher {

    private final Controller controller;
    private final World world;
    private final SimClients clients;
    private RunCoordination shared;
    private long storing;

    RunLauncher(Controller controller) {
        this.controller = controller;
        world = controller.world;
        clients = new SimClients(world, controller);
    }

    void begin(RunCoordination coordination) {
        shared = coordination;
        clients.begin(coordination.timing());
    }

    void launch(SimRun run) {
        run.begun = true;
        run.begunAt = world.scheduler.now();
        run.pin = controller.servers.pin();
        run.stored = controller.initial(run);
        world.trace.line(() -> "== " + run + " begins: " + run.job);
        begin(run, run.stored, DeploymentRun::start);
    }

    /** Continues a run after a restart. */
    void resume(SimRun run) {
        world.trace.line(() -> "== " + run + " goes on from " + run.stored);
        begin(run, controller.initial(run), running -> running.resume(run.enteredIn));
    }

    /** Finds the outcome of a run that nobody continues. Its build shows it. */
    void account(SimRun run, OpenRun open) {
        if (run.outcome != null && !run.outcome.isUnknown()) {
            controller.ledger().close(open);
        } else if (run.outcome != null) {
            controller.ledger().giveUp(open);
        } else if (open.state().standing() == Standing.NOTHING_SENT) {
            world.trace.line(() -> "== " + run + " is over, and has sent nothing");
            run.neverSent = true;
            controller.ledger().close(open);
        } else {
            run.stored = open.state();
            world.trace.line(() -> "== " + run + " is over; it is looked for what became of it from " + run.stored);
            begin(run, run.stored, DeploymentRun::findOut);
        }
    }

    private void begin(SimRun run, DeploymentState from, Function<DeploymentRun, ReadRetries.ReadCall<DeploymentResult>> how) {
        ControllerLife life = controller.life();
        DeploymentPlan plan;
        try {
            plan = run.job.fields().plan("Production", run.job.retryLimit());
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
        run.startedAt = world.scheduler.now();
        run.lives++;
        run.running = new DeploymentRun(
                shared, clients.destination(run), plan, run.who, new SimRunListener(world, controller, run), from);
        run.result = VirtualThreads.begin(shared.work(), how.apply(run.running)::read);
        run.result.whenComplete((result, failure) -> {
            if (!life.isOver()) {
                ended(run, result, failure == null ? null : Futures.cause(failure));
            }
        });
    }

    private void ended(SimRun run, DeploymentResult result, Throwable failure) {
        switch (failure) {
            case null -> end(run, new RunOutcome.Done(result));
            case MetaKraftwerkException known -> end(run, new RunOutcome.Failed(known));
            default -> world.witness.violation("i", run + " ended with " + failure);
        }
    }

    void abort(SimRun run) {
        world.trace.line(() -> "== " + run + " is aborted");
        run.aborting = true;
        run.abortedAt = world.scheduler.now();
        run.running.abort().whenComplete((aborted, failure) -> {
            if (failure != null) {
                world.witness.violation("e", "the abort of " + run + " ended with " + failure);
            } else {
                world.witness.aborted(run);
                end(run, new RunOutcome.Stopped(aborted));
            }
        });
    }

    /**
     * Returns true if a run has waited long enough for the claim of its record. A disk that hangs must not keep a run
     * from its end. An abort says so instead.
     */
    private boolean hasWaited(SimRun run) {
        long since = Math.max(run.landedAt, run.startedAt);
        return !(run.outcome instanceof RunOutcome.Stopped) && world.scheduler.now() - since >= 5 * SECOND;
    }

    /** Returns true if a run has waited long enough for its note. An abort has less time. */
    private boolean hasWaitedForNote(SimRun run) {
        long abort = 500 * MILLI;
        // A run that another one has settled meanwhile may be missing.
        boolean settled = run.outcome.mentions("earlier.stillUnknown")
                && controller.runs.stream().anyMatch(other -> other != run && other.hasSettledSince(run.startedAt));
        return run.outcome instanceof RunOutcome.Stopped
                ? world.scheduler.now() - run.abortedAt >= abort
                : settled || controller.isSlowToNote(5 * SECOND);
    }

    private void end(SimRun run, RunOutcome outcome) {
        if (run.outcome != null) {
            // An abort and an end can meet. The build takes the first one.
            return;
        }
        world.trace.line(() -> "== " + run + " ended: " + outcome);
        run.outcome = outcome;
        world.witness.ended(run);
        if (outcome instanceof RunOutcome.Stopped && outcome.record() != null) {
            new TakingRules(world, run).check(outcome.record());
        }
        boolean isItsOwn = outcome.record() != null && outcome.record().created();
        // After a restore, its id may belong to another run.
        boolean restored = world.server(World.HOST).database.wasRestored();
        if (isItsOwn && !restored && !controller.hasClaim(run) && !hasWaited(run)) {
            world.witness.violation("p", run + " ends before it is written whose the record is");
        }
        if (outcome.isUnknown() && !controller.disk().hasAttempt(run) && !hasWaitedForNote(run)) {
            world.witness.violation("p", run + " ends before it is written that its outcome is unknown");
        }
        world.havoc.change();
        shown(run, controller.life());
    }

    /** Shows how the run ended. Until its build has stored that, a crash brings the run back. */
    private void shown(SimRun run, ControllerLife life) {
        world.scheduler.after(world.chance.between(0, SECOND), life, () -> {
            controller.ledger().over(run.owner, World.URL);
            world.havoc.change();
            world.words.shown(run);
            world.scheduler.after(storing + world.chance.between(0, SECOND), life, () -> {
                kept(run);
                world.havoc.change();
            });
        });
    }

    /** Lets somebody settle a run that ended unknown. Returns why that cannot be said. */
    Optional<Text> say(SimRun run, SaidOutcome said) {
        ControllerLife life = controller.life();
        ManualSettlement word = new ManualSettlement(shared, unknown(run));
        Optional<Text> refusal = said.record == null ? word.isNotThere() : word.isThere(said.record.id);
        if (refusal.isEmpty()) {
            word.kept().future().thenRun(() -> {
                if (!life.isOver()) {
                    said.keep();
                }
            });
        }
        return refusal;
    }

    private static AttemptRecord unknown(SimRun run) {
        try {
            AttemptSource source = new AttemptSource("mkDeploy", "Production", null, null, null);
            return AttemptRecord.begun(
                            run.who.where().get(), run.owner, List.of(), source, World.URL, run.job.fields().request())
                    .failed(true, null, null, Instant.EPOCH);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes builds take this much longer to store the end of a run. */
    void storeSlowly(long nanos) {
        storing = nanos;
    }

    /** Called when its end would survive a crash. Its build goes on from there. */
    void kept(SimRun run) {
        run.outcomeKept = true;
        boolean again = run.outcome instanceof RunOutcome.Failed && run.attempt < run.job.retries() && !run.triedAgain;
        if (again) {
            run.triedAgain = true;
            RunIdentity who = new RunIdentity(run.owner + "'", run.who.build(), run.who.where());
            SimRun next = new SimRun(who.owner(), run.job, who, run.attempt + 1);
            ControllerLife life = run.comesBack() ? null : controller.life();
            long pause = world.chance.between(2 * SECOND, 40 * SECOND) + MILLI;
            world.scheduler.after(pause, life, () -> controller.add(next));
        }
        String build = run.who.build();
        boolean over = controller.runs.stream()
                .filter(other -> other.who.build().equals(build))
                .allMatch(other -> other.isOver() && (other == run || other.running == null || other.outcomeKept));
        if (over && !again && controller.isUp()) {
            controller.ledger().buildOver(build);
        }
    }
}
