package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.function.Consumer;

/**
 * Things that every part of one run needs.
 *
 * @param log prints to the log of the run; to be called on a platform thread only, by {@code platformCalls}
 * @param platformCalls runs all that enters Jenkins or touches a file: the log, the ledger, saves
 * @param say prints to the log from the virtual thread of the run
 * @param repeats retries of the reads, which share the time of {@code backoff}
 * @param build the facts that were read of the build
 */
record RunContext(
        RunCoordination shared,
        RunConnection connection,
        DeploymentPlan plan,
        RunIdentity who,
        Consumer<Text> log,
        PlatformCalls platformCalls,
        ReadRetries.RetryLog say,
        Backoff backoff,
        ReadRetries repeats,
        KnownBuild build) {

    static RunContext forRun(
            RunCoordination shared,
            ServerConnector connector,
            DeploymentPlan plan,
            RunIdentity who,
            Consumer<Text> log) {
        Backoff backoff = new Backoff(shared.timing(), plan.retryLimit());
        PlatformCalls platformCalls = new PlatformCalls(shared.work());
        ReadRetries.RetryLog say = line -> platformCalls.run(() -> log.accept(line));
        return new RunContext(
                shared,
                new RunConnection(connector),
                plan,
                who,
                log,
                platformCalls,
                say,
                backoff,
                new ReadRetries(shared.timing(), () -> backoff, say),
                new KnownBuild());
    }

    Timing timing() {
        return shared.timing();
    }

    RequestKey key() {
        return RequestKey.from(connection.server(), plan.request());
    }

    DeploymentResult result(Origin origin, BuildDeployment record) {
        return new DeploymentResult(origin, record, build.name());
    }

    /** Returns the failure with a message for people. An unexpected failure is logged too. */
    MetaKraftwerkException known(Throwable failure) throws MetaKraftwerkException, InterruptedException {
        return failure instanceof MetaKraftwerkException known
                ? known
                : platformCalls.get(() -> RunTexts.known(failure));
    }

    /** Returns the context for parts that must not wait for the log of the run or for its saves. */
    RunContext unhindered() {
        ReadRetries.RetryLog silent = text -> {};
        return new RunContext(
                shared,
                connection,
                plan,
                who,
                text -> {},
                new PlatformCalls(shared.ready()),
                silent,
                backoff,
                new ReadRetries(shared.timing(), () -> backoff, silent),
                build);
    }
}
