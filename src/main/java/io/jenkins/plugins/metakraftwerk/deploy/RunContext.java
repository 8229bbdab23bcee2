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
 * What every part of one run needs.
 *
 * @param log hears what happens, behind the door only
 * @param platformCalls to where the run has its log, its ledger and all that is Jenkins'
 * @param say says something in the log, from the run's virtual thread
 * @param repeats of the run's reading calls, which share its time
 * @param build what has been read of the build that is deployed
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
            ServerConnector destination,
            DeploymentPlan plan,
            RunIdentity who,
            Consumer<Text> log) {
        Backoff backoff = new Backoff(shared.timing(), plan.retryLimit());
        PlatformCalls door = new PlatformCalls(shared.work());
        ReadRetries.RetryLog say = line -> door.run(() -> log.accept(line));
        return new RunContext(
                shared,
                new RunConnection(destination),
                plan,
                who,
                log,
                door,
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

    /** What a failure means for people; one that this program does not know is logged. */
    MetaKraftwerkException known(Throwable failure) throws MetaKraftwerkException, InterruptedException {
        return failure instanceof MetaKraftwerkException known
                ? known
                : platformCalls.get(() -> RunTexts.known(failure));
    }

    /** The same run seen by what must not wait for its log or its saves. */
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
