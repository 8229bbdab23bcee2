package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One deployment, exactly once: notes what is there, remembers that it is about to send, sends, and where the answer is
 * lost looks for what became of it instead of sending again.
 *
 * <p>A run goes from state to state; each new state is handed to the store, and acted on when the store has it. A run
 * that is started from a stored state goes on from there.
 */
public final class DeploymentRun {

    private static final Logger LOGGER = Logger.getLogger(DeploymentRun.class.getName());

    private final MetaKraftwerkClient client;
    private final DeploymentPlan plan;
    private final Timing timing;
    private final Claims claims;
    private final Consumer<Text> log;
    private final Function<DeploymentState, CompletableFuture<?>> store;
    private final Object owner;
    private final RunTexts texts;
    private final Retries retries;
    private final CompletableFuture<DeploymentResult> result = new CompletableFuture<>();

    private final Backoff backoff;
    private final Sending sending;
    private volatile DeploymentState state;
    private volatile boolean resumed;

    /**
     * @param owner identifies this run in the claims, also after a restart
     * @param log hears what happens
     * @param store keeps each new state; its future completes when the state would survive a crash
     */
    public DeploymentRun(
            MetaKraftwerkClient client,
            DeploymentPlan plan,
            Timing timing,
            Claims claims,
            Object owner,
            Consumer<Text> log,
            Function<DeploymentState, CompletableFuture<?>> store) {
        this.client = client;
        this.plan = plan;
        this.timing = timing;
        this.claims = claims;
        this.owner = owner;
        this.log = new SafeLog(log);
        texts = new RunTexts(plan);
        this.store = store;
        backoff = new Backoff(timing, plan.retryLimit());
        retries = new Retries(timing, () -> backoff, this.log);
        sending = new Sending(client, plan, claims, owner);
    }

    /** Runs to the end. The future fails with {@link MetaKraftwerkException}, or is cancelled by {@link #abort}. */
    public CompletableFuture<DeploymentResult> start(DeploymentState from) {
        state = from;
        switch (from.phase()) {
            case SENDING -> {
                resumed = true;
                log.accept(Text.of("run.resumed"));
                lookForRecord(from.baseline(), null);
            }
            case DONE -> {
                if (from.result().created()) {
                    // Others that are resumed may be looking for records of their own.
                    claims.claim(
                            client.server().toString(), from.result().record().id(), owner);
                }
                act(from);
            }
            default -> {
                log.accept(texts.begin());
                act(from);
            }
        }
        return result;
    }

    private void act(DeploymentState now) {
        switch (now.phase()) {
            case WAITING -> waitForBuild(now);
            case PLANNED -> plan();
            case SENDING -> send(now.baseline());
            case DONE -> result.complete(now.result());
        }
    }

    private void enter(DeploymentState next) {
        if (result.isDone()) {
            return;
        }
        state = next;
        then(keep(next), stored -> act(next));
    }

    private CompletableFuture<?> keep(DeploymentState next) {
        CompletableFuture<?> kept;
        try {
            kept = store.apply(next);
        } catch (RuntimeException e) {
            kept = CompletableFuture.failedFuture(e);
        }
        // What is done is done, whether or not it can be kept.
        return next.phase() == Phase.DONE ? kept.handle((value, failure) -> value) : kept;
    }

    private void waitForBuild(DeploymentState now) {
        // For hours perhaps, so that each of its looks has the whole time for itself.
        var each = new Retries(timing, plan.retryLimit(), log);
        var wait = new BuildWait(client, plan.request().buildId(), now.waitUntil(), timing, each, log);
        then(wait.start(), finished -> enter(DeploymentState.planned()));
    }

    private void plan() {
        then(
                new Inventory(client, plan, retries).take(),
                found -> found.deployed()
                        .ifPresentOrElse(
                                record -> finish(Origin.SKIPPED, record),
                                () -> enter(DeploymentState.sending(found.baseline()))));
    }

    private void send(long baseline) {
        sending.begin().whenComplete((record, failure) -> {
            if (result.isDone()) {
                return;
            }
            if (failure == null) {
                answered(record);
            } else {
                failed(known(failure), baseline);
            }
        });
    }

    private void answered(BuildDeployment record) {
        if (plan.request().matches(record)) {
            finish(Origin.CREATED, record);
        } else {
            fail(texts.otherRecord(record));
        }
    }

    private void failed(MetaKraftwerkException failure, long baseline) {
        if (failure.effect() == Effect.UNKNOWN) {
            log.accept(Text.of("run.lost", failure.text(), LostAnswer.WINDOW.toSeconds()));
            lookForRecord(baseline, failure);
            return;
        }
        Optional<Duration> wait = backoff.next(failure);
        if (wait.isEmpty()) {
            fail(Retries.gaveUp(failure, backoff));
            return;
        }
        log.accept(Retries.again(failure, wait.get()));
        sending.refused();
        // Nothing was done, and a crash during the wait must find a state that says so.
        state = DeploymentState.planned();
        then(keep(state), stored -> then(timing.after(wait.get()), over -> plan()));
    }

    private void lookForRecord(long baseline, MetaKraftwerkException lost) {
        var search = new LostAnswer(client, plan, timing, claims, owner, baseline).find();
        cancelWithResult(search);
        search.whenComplete((found, failure) -> {
            if (result.isDone()) {
                return;
            }
            if (failure == null && found.isPresent()) {
                finish(Origin.ADOPTED, found.get());
                return;
            }
            Text why = failure == null
                    ? Text.of("run.noRecord", LostAnswer.WINDOW.toSeconds())
                    : known(failure).text();
            fail(texts.unknown(why, lost));
        });
    }

    private void finish(Origin origin, BuildDeployment record) {
        log.accept(texts.finished(origin, record));
        enter(DeploymentState.done(new DeploymentResult(origin, record)));
    }

    private void fail(Throwable failure) {
        result.completeExceptionally(failure);
    }

    /** For the steps before the request and between two: where one fails, nothing is on its way. */
    private <T> void then(CompletableFuture<T> step, Consumer<T> next) {
        cancelWithResult(step);
        step.whenComplete((value, failure) -> {
            if (result.isDone()) {
                return;
            }
            if (failure != null) {
                fail(texts.nothingSent(known(failure)));
                return;
            }
            try {
                next.accept(value);
            } catch (RuntimeException e) {
                fail(known(e));
            }
        });
    }

    private void cancelWithResult(CompletableFuture<?> step) {
        result.whenComplete((value, failure) -> step.cancel(true));
    }

    private static MetaKraftwerkException known(Throwable failure) {
        Throwable cause = Futures.cause(failure);
        if (cause instanceof MetaKraftwerkException exception) {
            return exception;
        }
        LOGGER.log(Level.WARNING, "A deployment could not go on", cause);
        return MetaKraftwerkException.refusedLocally(
                Text.of("run.broken", cause.getClass().getSimpleName()));
    }

    /** Ends the run. Nothing is sent any more; a request that is on its way is let go, not recalled. */
    public CompletableFuture<Aborted> abort() {
        CompletableFuture<BuildDeployment> sent = sending.stop();
        DeploymentState last = state;
        result.completeExceptionally(new CancellationException());
        var search = new LostAnswer(client, plan, timing, claims, owner, last.baseline());
        return new AbortReport(plan).of(last, sent, resumed, search);
    }
}
