package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Looks for the record of a request that was sent and not answered: one of the same deployment with a higher id than
 * was there before, which no other run of this controller owns.
 */
final class LostAnswer {

    /** How long a record may take to show up. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final MetaKraftwerkClient client;
    private final DeploymentPlan plan;
    private final Timing timing;
    private final Claims claims;
    private final Object owner;
    private final long baseline;
    private final CompletableFuture<Optional<BuildDeployment>> result = new CompletableFuture<>();

    /** By id, the requests of other runs that may turn out to own a record. */
    private final Map<Long, Set<Claims.Flight>> suspects = new HashMap<>();

    private Predicate<BuildDeployment> executor;
    private Instant until;
    private MetaKraftwerkException lastFailure;

    LostAnswer(
            MetaKraftwerkClient client,
            DeploymentPlan plan,
            Timing timing,
            Claims claims,
            Object owner,
            long baseline) {
        this.client = client;
        this.plan = plan;
        this.timing = timing;
        this.claims = claims;
        this.owner = owner;
        this.baseline = baseline;
    }

    /** The record, claimed; empty if none shows up in time. Fails with the last failure if it never could look. */
    CompletableFuture<Optional<BuildDeployment>> find() {
        until = timing.now().plus(WINDOW);
        Consumer<Text> silent = text -> {};
        var lookUp = ExecutorFilter.of(plan.request(), client, new Retries(timing, WINDOW, silent));
        result.whenComplete((found, failure) -> lookUp.cancel(true));
        lookUp.whenComplete((filter, failure) -> {
            if (failure != null) {
                result.completeExceptionally(Futures.cause(failure));
            } else {
                executor = filter;
                look(Duration.ofSeconds(1));
            }
        });
        return result;
    }

    private void look(Duration pause) {
        if (result.isDone()) {
            return;
        }
        // Before the look, so that a request which lands during it still counts as one that may own what is seen.
        Set<Claims.Flight> flying = claims.othersInFlight(Sending.scope(client, plan), owner);
        var find = client.find(plan.request().sameDeployment());
        result.whenComplete((found, failure) -> find.cancel(true));
        find.whenComplete((records, failure) -> {
            if (failure == null) {
                lastFailure = null;
                claimable(records, flying).ifPresent(record -> result.complete(Optional.of(record)));
            } else if (Futures.cause(failure) instanceof MetaKraftwerkException known && known.retryable()) {
                lastFailure = known;
            } else {
                result.completeExceptionally(Futures.cause(failure));
            }
            lookAgain(pause);
        });
    }

    private Optional<BuildDeployment> claimable(List<BuildDeployment> records, Set<Claims.Flight> flying) {
        Set<Claims.Flight> stillFlying = claims.othersInFlight(Sending.scope(client, plan), owner);
        for (BuildDeployment record : records) {
            if (record.id() <= baseline || !plan.request().matches(record) || !executor.test(record)) {
                continue;
            }
            Set<Claims.Flight> others = suspects.computeIfAbsent(record.id(), id -> flying);
            others.retainAll(stillFlying);
            if (others.isEmpty() && claims.claim(client.server().toString(), record.id(), owner)) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /** Within the window, and beyond it only while a request of another run decides whose record it is. */
    private void lookAgain(Duration pause) {
        if (result.isDone()) {
            return;
        }
        // Where looking fails, nothing would ever be decided.
        boolean undecided = lastFailure == null && suspects.values().stream().anyMatch(others -> !others.isEmpty());
        if (timing.now().plus(pause).isAfter(until) && !undecided) {
            if (lastFailure != null) {
                result.completeExceptionally(lastFailure);
            } else {
                result.complete(Optional.empty());
            }
            return;
        }
        CompletableFuture<Void> wait = timing.after(pause);
        result.whenComplete((found, failure) -> wait.cancel(true));
        Duration doubled = pause.multipliedBy(2);
        wait.thenRun(() -> look(doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled));
    }
}
