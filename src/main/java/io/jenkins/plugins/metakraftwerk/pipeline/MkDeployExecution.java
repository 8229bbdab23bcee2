package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.run.Attempt;
import io.jenkins.plugins.metakraftwerk.run.BuildRun;
import io.jenkins.plugins.metakraftwerk.run.Owner;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
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
    private String owner;
    private volatile DeploymentState state;

    private transient Run<?, ?> build;

    /** Whether there may be a saved program with this step in it, which a crash could bring back. */
    private transient volatile boolean inSavedProgram;

    MkDeployExecution(StepContext context, DeploymentFields fields, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.fields = fields;
        state = fields.initialState(Threads.timing().now());
    }

    @Override
    void check() throws MetaKraftwerkException {
        fields.check();
    }

    @Override
    void begins(Run<?, ?> of) {
        build = of;
        owner = Owner.in(of);
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        // Before the state is written: who changes the state afterwards must see that an older one was saved.
        inSavedProgram = true;
        out.defaultWriteObject();
    }

    @Override
    void recall(Run<?, ?> of) throws IOException, InterruptedException {
        build = of;
        inSavedProgram = true;
        if (!isProgramSaved()) {
            // The program may be older than what the build has kept.
            state = Objects.requireNonNullElse(KeptStates.get(of, owner), state);
        }
    }

    @Override
    Work prepare(Run<?, ?> of, TaskListener listener) throws IOException, InterruptedException {
        Attempt attempt = attempt(of);
        BuildRun run = new BuildRun(attempt, listener, store(of));
        label(attempt.plan());
        return new Deploying(run, attempt);
    }

    private Attempt attempt(Run<?, ?> of) {
        try {
            return new Attempt(of, owner, target(), fields, MkDeployStep.NAME);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException("Checked before the work began", e);
        }
    }

    /** The run as the work of this step. */
    private final class Deploying implements Work {
        private final BuildRun run;
        private final Attempt attempt;

        private Deploying(BuildRun run, Attempt attempt) {
            this.run = run;
            this.attempt = attempt;
        }

        @Override
        public CompletableFuture<?> start() {
            AskedNames asked = AskedNames.of(attempt.plan().request());
            return run.start(state).thenApply(result -> BuildDeploymentResult.of(result, asked));
        }

        @Override
        public CompletableFuture<LastWords> abort() {
            return run.abort()
                    .map(report -> report.thenApply(left -> new LastWords(left.text(), () -> attempt.aborted(left))))
                    .orElseGet(() -> CompletableFuture.completedFuture(abortedBefore()));
        }
    }

    /**
     * What keeps a state so that it survives a crash: the program, in which this step is, or, where Jenkins does not save
     * the program of this Pipeline while it runs, the build.
     */
    private Function<DeploymentState, CompletableFuture<?>> store(Run<?, ?> of)
            throws IOException, InterruptedException {
        SharedSaves saves = SharedSaves.of(of);
        if (isProgramSaved()) {
            return next -> keep(next, () -> saves.saveProgram(getContext()));
        }
        KeptStates kept = KeptStates.of(of);
        return next -> keep(next, () -> {
            kept.put(owner, next);
            return saves.saveBuild(of);
        });
    }

    private boolean isProgramSaved() throws IOException, InterruptedException {
        FlowExecution execution = getContext().get(FlowExecution.class);
        return execution == null || execution.getDurabilityHint().isPersistWithEveryStep();
    }

    private CompletableFuture<?> keep(DeploymentState next, Supplier<CompletableFuture<?>> save) {
        DeploymentState before = state;
        state = next;
        if (isJenkinsStopping()) {
            // The program may have been saved for the last time, with the state before: nothing may go beyond it.
            state = before;
            LOGGER.fine(() -> "Left to the next controller: " + next);
            return new CompletableFuture<>();
        }
        CompletableFuture<?> kept = save.get();
        // A lost 'done' is found again by its record, so only what comes before it is worth the wait.
        return next.phase() == Phase.DONE ? CompletableFuture.completedFuture(null) : kept;
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
    LastWords abortedBefore() {
        Attempt attempt = attempt(build);
        DeploymentState last = state;
        Text text = mayHaveSent() ? attempt.plan().perhaps() : Text.of("abort.nothing");
        return new LastWords(text, () -> show(attempt, last, text.toString()));
    }

    @Override
    MetaKraftwerkStepException notBegun(Run<?, ?> of, AbortException reason) {
        Attempt attempt = attempt(of);
        if (!mayHaveSent()) {
            MetaKraftwerkStepException failure = nothingSent(reason);
            attempt.notBegun(reason, failure.getMessage());
            return failure;
        }
        String unknown = Text.of(
                        "run.unknown", reason.getMessage(), attempt.plan().check())
                .toString();
        attempt.leftUnknown(state, unknown);
        return new MetaKraftwerkStepException(unknown, true);
    }

    private static void show(Attempt attempt, DeploymentState last, String reason) {
        if (last.phase() == Phase.SENDING) {
            attempt.leftUnknown(last, reason);
        } else {
            attempt.failed(false, reason);
        }
    }

    /** Before a restart, that is; what is sent after it is known to the run. */
    private boolean mayHaveSent() {
        return state.phase() == Phase.SENDING;
    }

    @Override
    boolean onlyReads() {
        return false;
    }

    @Override
    boolean mayHaveChanged() {
        return state.phase() == Phase.SENDING || state.phase() == Phase.DONE;
    }

    @Override
    void over() {
        if (!inSavedProgram) {
            KeptStates.forget(build, owner);
        }
    }

    @Override
    public String getStatus() {
        return String.valueOf(state);
    }
}
