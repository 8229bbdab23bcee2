package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRunListener;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Jenkins side of one run in one life of its controller. */
final class SimRunListener implements DeploymentRunListener {

    private final World world;
    private final Controller controller;
    private final SimRun run;
    private final ControllerLife life;

    SimRunListener(World world, Controller controller, SimRun run) {
        this.world = world;
        this.controller = controller;
        this.run = run;
        life = controller.life();
    }

    @Override
    public void log(Text line) {
        world.trace.line(() -> "   " + run + " says: " + line);
        switch (line.key()) {
            case "run.begin" -> begins();
            case "queue.waiting" -> world.turns.waits(run);
            case "retry.again" -> triesAgain(line);
            default -> {}
        }
        if (world.chance.happens(world.scenario.logFails())) {
            throw new IllegalStateException("The log cannot be written");
        }
    }

    private void begins() {
        if (run.stored.phase() == DeploymentState.Phase.PLANNED) {
            world.turns.mayCome(run);
        }
    }

    /**
     * Checks that a refusal is stored before the run says that it tries again, so that a crash finds it. Does not
     * expect that from a disk that hangs.
     */
    private void triesAgain(Text line) {
        boolean ofDeployment = line.toString().contains("POST /build_deployments");
        boolean sending = controller.disk().saysSending(run);
        if (ofDeployment && sending && !controller.isSlowToNote(5 * SECOND)) {
            world.witness.violation("h", run + " says that it tries again before it is stored that nothing was done");
        }
    }

    @Override
    public void reached(DeploymentState next) {
        if (next.equals(run.stored) || next.phase() == Phase.LOST) {
            // It continues from there, or does not know yet from where.
            return;
        }
        world.trace.line(() -> "   " + run + " reaches " + next);
        if (next.phase() == Phase.DONE) {
            run.landedAt = world.scheduler.now();
            new TakingRules(world, run).check(next.result());
        }
        run.stored = next;
        switch (next.phase()) {
            case PLANNED -> {
                world.witness.planned(run);
                world.turns.mayCome(run);
            }
            case SENDING -> {
                run.shownBeforeSending = run.shown;
                run.sendingFrom = world.turns.moment();
            }
            default -> {}
        }
        world.havoc.change();
    }

    /** Saves the program of the Pipeline with this step in it. */
    @Override
    public ReadRetries.ReadCall<?> anchor() {
        if (controller.ledger().id().equals(run.enteredIn)) {
            return () -> null;
        }
        CompletableFuture<Void> saved = new CompletableFuture<>();
        if (world.chance.happens(world.scenario.storeFails())) {
            world.trace.line(() -> "   " + run + " cannot be saved");
            if (world.chance.happens(0.5)) {
                throw new IllegalStateException("The disk is full");
            }
            world.scheduler.after(
                    controller.storeDelay(),
                    life,
                    () -> saved.completeExceptionally(new java.io.IOException("The disk is full")));
            return () -> VirtualThreadWaits.await(saved);
        }
        run.entering = controller.ledger().id();
        world.scheduler.after(controller.storeDelay(), life, () -> {
            run.enteredIn = controller.ledger().id();
            world.trace.line(() -> "   " + run + " is saved");
            world.havoc.change();
            saved.complete(null);
        });
        world.havoc.change();
        return () -> VirtualThreadWaits.await(saved);
    }

    /**
     * Refuses to send if an administrator has frozen the server while the run waited. The line in the audit log takes a
     * while.
     */
    @Override
    public ReadRetries.ReadCall<Optional<Text>> sends() {
        if (world.chance.happens(world.scenario.serversChange() / 4)) {
            run.forbidden = true;
            world.trace.line(() -> "   " + run + " may not send");
            return () -> Optional.of(Text.forKey("said", "The server is frozen."));
        }
        CompletableFuture<Optional<Text>> noted = new CompletableFuture<>();
        world.scheduler.after(controller.auditDelay(), life, () -> noted.complete(Optional.empty()));
        world.havoc.moment();
        return () -> VirtualThreadWaits.await(noted);
    }

    @Override
    public void late(DeploymentResult result) {
        world.trace.line(() -> "   " + run + " hears late of " + result);
        run.late.add(result);
        run.lateAt = world.scheduler.now();
    }

    @Override
    public Optional<String> buildName(RunIdentity.BuildLocation build) {
        return world.places.nameOf(run, build);
    }

    @Override
    public void found(String owner, DeploymentResult result) {
        world.trace.line(() -> "   " + run + " found what became of " + owner + ": " + result);
        world.witness.found(run, owner, result);
        if (world.chance.happens(world.scenario.logFails())) {
            throw new IllegalStateException("The build's page cannot be written");
        }
    }
}
