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
import java.io.IOException;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs one deployment for a Pipeline and remembers, across restarts, how far it has come. */
final class MkDeployExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(MkDeployExecution.class.getName());

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
        label(plan);
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

    /** Names the step's node for the stage and log views; whether that works changes nothing for the deployment. */
    private void label(DeploymentPlan plan) {
        try {
            FlowNode node = getContext().get(FlowNode.class);
            if (node != null && node.getAction(LabelAction.class) == null) {
                node.addAction(new LabelAction(Messages.deploy_label(
                        plan.request().patternLabel(), plan.request().deploymentLabel())));
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No label for " + this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
