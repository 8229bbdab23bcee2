package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunListener;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The Jenkins side of one run in one life of its controller. */
final class Listener implements RunListener {

    private final World world;
    private final Controller controller;
    private final SimRun run;
    private final Life life;

    Listener(World world, Controller controller, SimRun run) {
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

    /** After a refusal, a crash must find a state that says so. */
    private void triesAgain(Text line) {
        boolean ofDeployment = line.toString().contains("POST /build_deployments");
        if (ofDeployment && run.stored.phase() == DeploymentState.Phase.SENDING) {
            world.witness.violation("h", run + " says that it tries again before it is stored that nothing was done");
        }
    }

    @Override
    public CompletableFuture<?> store(DeploymentState next) {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        if (next.phase() == DeploymentState.Phase.DONE) {
            run.landedAt = world.scheduler.now();
        }
        if (next.phase() == DeploymentState.Phase.DONE) {
            new Taking(world, run).check(next.result());
        }
        if (world.chance.happens(world.scenario.storeFails())) {
            world.trace.line(() -> "   " + run + " cannot store " + next);
            if (world.chance.happens(0.5)) {
                throw new IllegalStateException("The disk is full");
            }
            world.scheduler.after(
                    controller.storeDelay(),
                    life,
                    () -> stored.completeExceptionally(new java.io.IOException("The disk is full")));
            return stored;
        }
        run.storing = next;
        run.unfinishedStoring = run.knowsUnfinished;
        if (next.phase() == DeploymentState.Phase.SENDING) {
            run.shownBeforeSending = run.shown;
            run.sendingFrom = world.turns.moment();
        }
        world.trace.line(() -> "   " + run + " stores " + next);
        world.scheduler.after(controller.storeDelay(), life, () -> {
            if (run.storing == next) {
                run.storing = null;
            }
            run.stored = next;
            run.unfinishedStored |= run.unfinishedStoring;
            world.trace.line(() -> "   " + run + " has stored " + next);
            world.havoc.change();
            if (next.phase() == DeploymentState.Phase.PLANNED) {
                world.witness.planned(run);
                world.turns.mayCome(run);
            }
            stored.complete(null);
        });
        world.havoc.change();
        return stored;
    }

    /** An administrator may have taken the permission away while the run waited; the line in the audit log takes a while. */
    @Override
    public CompletableFuture<Optional<Text>> sends() {
        if (world.chance.happens(world.scenario.serversChange() / 4)) {
            run.forbidden = true;
            world.trace.line(() -> "   " + run + " may not send");
            return CompletableFuture.completedFuture(Optional.of(Text.of("said", "The server is frozen.")));
        }
        CompletableFuture<Optional<Text>> noted = new CompletableFuture<>();
        world.scheduler.after(controller.auditDelay(), life, () -> noted.complete(Optional.empty()));
        world.havoc.moment();
        return noted;
    }

    @Override
    public void late(DeploymentResult result) {
        world.trace.line(() -> "   " + run + " hears late of " + result);
        run.late.add(result);
        run.lateAt = world.scheduler.now();
    }

    @Override
    public Optional<String> buildName(RunIdentity.Place build) {
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
