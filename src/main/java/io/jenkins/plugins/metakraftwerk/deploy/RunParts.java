package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Retries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What every part of one run needs.
 *
 * @param serial runs what the run does next, one thing after another; may block
 * @param log hears what happens, on {@code serial} only
 * @param retries of the run's reading calls, which share its time
 * @param build what has been read of the build that is deployed
 */
record RunParts(
        Coordination shared,
        RunConnection connection,
        DeploymentPlan plan,
        RunIdentity who,
        Executor serial,
        Consumer<Text> log,
        Backoff backoff,
        Retries retries,
        SeenBuild build) {

    static RunParts of(
            Coordination shared,
            Destination destination,
            DeploymentPlan plan,
            RunIdentity who,
            Executor serial,
            Consumer<Text> log) {
        Backoff backoff = new Backoff(shared.timing(), plan.retryLimit());
        return new RunParts(
                shared,
                new RunConnection(destination),
                plan,
                who,
                serial,
                log,
                backoff,
                new Retries(shared.timing(), serial, () -> backoff, log),
                new SeenBuild());
    }

    Timing timing() {
        return shared.timing();
    }

    RequestKey key() {
        return RequestKey.of(connection.server(), plan.request());
    }

    DeploymentResult result(Origin origin, BuildDeployment record) {
        return new DeploymentResult(origin, record, build.name());
    }

    /** The same run seen by what must not wait for its log or its saves. */
    RunParts unhindered() {
        Consumer<Text> silent = text -> {};
        return new RunParts(
                shared,
                connection,
                plan,
                who,
                Runnable::run,
                silent,
                backoff,
                new Retries(shared.timing(), Runnable::run, () -> backoff, silent),
                build);
    }
}
