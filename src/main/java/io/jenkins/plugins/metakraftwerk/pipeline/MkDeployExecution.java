package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.build.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.build.RecordedDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs one deployment for a Pipeline and remembers, across restarts, how far it has come. */
final class MkDeployExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final DeploymentFields fields;
    private final String owner = UUID.randomUUID().toString();
    private volatile DeploymentState state;

    private transient volatile DeploymentRun deployment;

    MkDeployExecution(StepContext context, DeploymentFields fields, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.fields = fields;
        state = fields.initialState(Surroundings.timing().now());
    }

    @Override
    void check() throws MetaKraftwerkException {
        fields.check();
    }

    @Override
    CompletableFuture<?> run(
            Run<?, ?> build, MetaKraftwerkServer server, MetaKraftwerkClient client, Consumer<Text> log)
            throws MetaKraftwerkException {
        DeploymentPlan plan = fields.plan(
                server.label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
        SharedSaves saves = SharedSaves.of(build);
        deployment = new DeploymentRun(client, plan, Surroundings.timing(), Surroundings.claims(), owner, log, next -> {
            state = next;
            // A lost 'done' is found again by its record, so only what comes before it is worth the wait.
            return next.phase() == DeploymentState.Phase.DONE
                    ? CompletableFuture.completedFuture(null)
                    : saves.save(getContext());
        });
        return deployment.start(state).thenApply(result -> {
            BuildDeploymentsAction.record(
                    build,
                    new RecordedDeployment(
                            plan, result, server.getName(), server.getUrl(), MkDeployStep.NAME, new Date()));
            return BuildDeploymentResult.of(result);
        });
    }

    @Override
    CompletableFuture<Text> abort() {
        return deployment == null ? CompletableFuture.completedFuture(Text.of("abort.nothing")) : deployment.abort();
    }

    @Override
    public String getStatus() {
        return String.valueOf(state);
    }
}
