package io.jenkins.plugins.metakraftwerk.freestyle;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.build.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.build.RecordedDeployment;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.config.Connections;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.config.RunLog;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs one deployment on the thread of a freestyle build, which a restart ends anyway, so nothing is stored. */
final class FreestyleDeployment {

    /** Longer than a run needs to say what an abort left behind. */
    private static final long ABORT_MILLIS = 900;

    private final Run<?, ?> build;
    private final TaskListener listener;

    FreestyleDeployment(Run<?, ?> build, TaskListener listener) {
        this.build = build;
        this.listener = listener;
    }

    DeploymentResult run(DeploymentFields fields, String serverName, String credentialsId)
            throws AbortException, InterruptedException {
        try {
            MetaKraftwerkServer server = Connections.server(serverName);
            DeploymentPlan plan = fields.plan(
                    server.label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
            MetaKraftwerkClient client = Connections.ofRun(build, server, credentialsId);
            RunLog log = new RunLog(listener, server);
            DeploymentRun run = new DeploymentRun(
                    client,
                    plan,
                    Surroundings.timing(),
                    Surroundings.claims(),
                    UUID.randomUUID(),
                    log,
                    state -> CompletableFuture.completedFuture(null));
            Consumer<DeploymentResult> record = result -> BuildDeploymentsAction.record(
                    build,
                    new RecordedDeployment(
                            plan,
                            result,
                            server.getName(),
                            server.getUrl(),
                            DeployBuilderDescriptor.SYMBOL,
                            new Date()));
            DeploymentResult result = await(
                    run, run.start(fields.initialState(Surroundings.timing().now())), record, log);
            record.accept(result);
            return result;
        } catch (MetaKraftwerkException e) {
            throw new AbortException(e.getLocalizedMessage());
        }
    }

    private static DeploymentResult await(
            DeploymentRun run,
            CompletableFuture<DeploymentResult> result,
            Consumer<DeploymentResult> record,
            Consumer<Text> log)
            throws InterruptedException, AbortException, MetaKraftwerkException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            tellWhatIsLeft(run, record, log);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = Futures.cause(e);
            if (cause instanceof MetaKraftwerkException known) {
                throw known;
            }
            throw new AbortException(Messages.run_broken(cause.getClass().getSimpleName()));
        }
    }

    private static void tellWhatIsLeft(DeploymentRun run, Consumer<DeploymentResult> record, Consumer<Text> log)
            throws InterruptedException {
        try {
            Aborted aborted = run.abort().get(ABORT_MILLIS, TimeUnit.MILLISECONDS);
            log.accept(aborted.text());
            aborted.result().ifPresent(record);
        } catch (ExecutionException | TimeoutException e) {
            log.accept(Text.of("abort.late"));
        }
    }
}
