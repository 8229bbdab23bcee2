package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.Aborted;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.run.Attempt;
import io.jenkins.plugins.metakraftwerk.run.BuildRun;
import io.jenkins.plugins.metakraftwerk.run.Owner;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Objects;
import java.util.Optional;
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

    /** Whether it goes on after a restart. */
    private transient boolean resumed;

    /** Whether there may be a saved program with this step in it, which a crash could bring back. */
    private transient volatile boolean inSavedProgram;

    MkDeployExecution(StepContext context, DeploymentFields fields, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.fields = fields;
        state = fields.initialState(Threads.timing().now());
    }

    @Override
    void check() throws MetaKraftwerkException {
        fields.request();
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
    void recall(Run<?, ?> of) {
        build = of;
        resumed = true;
        inSavedProgram = true;
        // Where the build keeps it, the program may be older.
        state = Objects.requireNonNullElse(KeptStates.get(of, owner), state);
    }

    @Override
    Work prepare(Run<?, ?> of, TaskListener listener) throws IOException, InterruptedException {
        Attempt attempt = attempt(of);
        BuildRun run = new BuildRun(attempt, listener, state, store(of));
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
            return (resumed ? run.resume() : run.start()).thenApply(result -> BuildDeploymentResult.of(result, asked));
        }

        @Override
        public CompletableFuture<LastWords> abort() {
            return run.abort().thenApply(left -> new LastWords(left.text(), () -> attempt.aborted(left)));
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
        return new LastWords(Aborted.from(last, attempt.plan()).text(), () -> abandon(attempt, last));
    }

    /** What the run itself says, which nobody has begun. */
    private static void abandon(Attempt attempt, DeploymentState last) {
        new BuildRun(attempt, TaskListener.NULL, last, next -> CompletableFuture.completedFuture(null))
                .abort()
                .thenAccept(aborted -> Threads.certainly(() -> attempt.aborted(aborted)));
    }

    @Override
    public boolean onlyReads() {
        return false;
    }

    @Override
    public Optional<Object> outcome() {
        DeploymentState last = state;
        return last.standing() == Standing.ENDED
                ? Optional.of(BuildDeploymentResult.of(
                        last.result(), AskedNames.of(attempt(build).plan().request())))
                : Optional.empty();
    }

    @Override
    public boolean mayHaveChanged() {
        return state.standing() != Standing.NOTHING_SENT;
    }

    @Override
    public void leaveUnknown(String said) {
        attempt(build).leftUnknown(state, said);
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
