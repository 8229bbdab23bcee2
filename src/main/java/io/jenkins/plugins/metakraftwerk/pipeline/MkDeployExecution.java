package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.build.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.build.RecordedDeployment;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.io.IOException;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
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
    private transient volatile Consumer<DeploymentResult> record;

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
            throws IOException, InterruptedException {
        DeploymentPlan plan = plan(server.label());
        label(plan);
        Function<DeploymentState, CompletableFuture<?>> store = store(build);
        record = result -> BuildDeploymentsAction.record(
                build,
                new RecordedDeployment(plan, result, server.getName(), server.getUrl(), MkDeployStep.NAME, new Date()));
        deployment = new DeploymentRun(
                client, plan, Surroundings.timing(), Surroundings.claims(), owner, log, next -> keep(next, store));
        return deployment.start(state).thenApply(result -> {
            record.accept(result);
            return BuildDeploymentResult.of(result);
        });
    }

    /**
     * What keeps a state so that it survives a crash: the program, in which this step is, or, where Jenkins does not save
     * the program of this Pipeline while it runs, the build.
     */
    private Function<DeploymentState, CompletableFuture<?>> store(Run<?, ?> build)
            throws IOException, InterruptedException {
        SharedSaves saves = SharedSaves.of(build);
        if (isProgramSaved()) {
            return next -> saves.saveProgram(getContext());
        }
        KeptStates kept = KeptStates.of(build);
        return next -> {
            kept.put(owner, next);
            return saves.saveBuild(build);
        };
    }

    private boolean isProgramSaved() throws IOException, InterruptedException {
        FlowExecution execution = getContext().get(FlowExecution.class);
        return execution == null || execution.getDurabilityHint().isPersistWithEveryStep();
    }

    @Override
    void recall() throws IOException, InterruptedException {
        if (!isProgramSaved()) {
            // The program may be older than what the build has kept.
            state = Objects.requireNonNullElse(
                    KeptStates.of(getContext().get(Run.class)).get(owner), state);
        }
    }

    private CompletableFuture<?> keep(DeploymentState next, Function<DeploymentState, CompletableFuture<?>> store) {
        DeploymentState before = state;
        state = next;
        if (isJenkinsStopping()) {
            // The program may have been saved for the last time, with the state before: nothing may go beyond it.
            state = before;
            LOGGER.fine(() -> "Left to the next controller: " + next);
            return new CompletableFuture<>();
        }
        CompletableFuture<?> kept = store.apply(next);
        // A lost 'done' is found again by its record, so only what comes before it is worth the wait.
        return next.phase() == DeploymentState.Phase.DONE ? CompletableFuture.completedFuture(null) : kept;
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
        if (deployment != null) {
            return deployment.abort().thenApply(this::textOf);
        }
        return CompletableFuture.completedFuture(
                mayHaveSent() ? plan(serverLabel()).perhaps() : Text.of("abort.nothing"));
    }

    private Text textOf(Aborted aborted) {
        aborted.result().ifPresent(record);
        return aborted.text();
    }

    @Override
    MetaKraftwerkStepException notBegun(AbortException reason) {
        if (!mayHaveSent()) {
            return super.notBegun(reason);
        }
        Text check = plan(serverLabel()).check();
        return new MetaKraftwerkStepException(
                Text.of("run.unknown", reason.getMessage(), check).toString(), true);
    }

    private DeploymentPlan plan(String serverLabel) {
        try {
            return fields.plan(
                    serverLabel, MetaKraftwerkGlobalConfiguration.get().retryLimit());
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException("Checked before the work began", e);
        }
    }

    /** Before a restart, that is; what is sent after it is known to the run. */
    private boolean mayHaveSent() {
        return state.phase() == DeploymentState.Phase.SENDING;
    }

    @Override
    public String getStatus() {
        return String.valueOf(state);
    }
}
