package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Backoff;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Door;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import java.util.function.Consumer;

/**
 * What every part of one run needs.
 *
 * @param log hears what happens, behind the door only
 * @param door to where the run has its log, its ledger and all that is Jenkins'
 * @param say says something in the log, from the run's virtual thread
 * @param repeats of the run's reading calls, which share its time
 * @param build what has been read of the build that is deployed
 */
record RunParts(
        Coordination shared,
        RunConnection connection,
        DeploymentPlan plan,
        RunIdentity who,
        Consumer<Text> log,
        Door door,
        Repeats.Log say,
        Backoff backoff,
        Repeats repeats,
        SeenBuild build) {

    static RunParts of(
            Coordination shared, Destination destination, DeploymentPlan plan, RunIdentity who, Consumer<Text> log) {
        Backoff backoff = new Backoff(shared.timing(), plan.retryLimit());
        Door door = new Door(shared.work());
        Repeats.Log say = line -> door.run(() -> log.accept(line));
        return new RunParts(
                shared,
                new RunConnection(destination),
                plan,
                who,
                log,
                door,
                say,
                backoff,
                new Repeats(shared.timing(), () -> backoff, say),
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

    /** What a failure means for people; one that this program does not know is logged. */
    MetaKraftwerkException known(Throwable failure) throws MetaKraftwerkException, InterruptedException {
        return failure instanceof MetaKraftwerkException known ? known : door.get(() -> RunTexts.known(failure));
    }

    /** The same run seen by what must not wait for its log or its saves. */
    RunParts unhindered() {
        Repeats.Log silent = text -> {};
        return new RunParts(
                shared,
                connection,
                plan,
                who,
                text -> {},
                new Door(shared.ready()),
                silent,
                backoff,
                new Repeats(shared.timing(), () -> backoff, silent),
                build);
    }
}
