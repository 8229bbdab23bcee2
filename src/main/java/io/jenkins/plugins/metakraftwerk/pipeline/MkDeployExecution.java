package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AbortOutcome;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.run.AbandonedRuns;
import io.jenkins.plugins.metakraftwerk.run.BuildRun;
import io.jenkins.plugins.metakraftwerk.run.DeploymentAttempt;
import io.jenkins.plugins.metakraftwerk.run.ResumeGuarantee;
import io.jenkins.plugins.metakraftwerk.run.RunOwner;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs one deployment for a Pipeline. The ledger knows its progress across restarts. */
final class MkDeployExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(MkDeployExecution.class.getName());

    private final DeploymentFields fields;
    private String owner;

    /** Id of the ledger that the attempt has entered, or is about to enter. Null until it sends. */
    private volatile String enteredIn;

    private transient Run<?, ?> build;

    /** True if the step continues after a restart. */
    private transient boolean resumed;

    /** Null until all that it needs is there. */
    private transient volatile BuildRun run;

    MkDeployExecution(StepContext context, DeploymentFields fields, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.fields = fields;
    }

    @Override
    void check() throws MetaKraftwerkException {
        fields.request();
    }

    @Override
    void begins(Run<?, ?> of) {
        build = of;
        owner = RunOwner.in(of);
    }

    @Override
    void recall(Run<?, ?> of) {
        build = of;
        resumed = true;
        AbandonedRuns.hasStep(owner);
    }

    @Override
    StepWork prepare(Run<?, ?> of, TaskListener listener) throws IOException, InterruptedException {
        DeploymentAttempt attempt = attempt(of);
        run = new BuildRun(attempt, listener, initial(), guarantee(of));
        label(attempt.plan());
        return new Deploying(run, attempt);
    }

    private DeploymentState initial() {
        return fields.initialState(Threads.timing().now());
    }

    private DeploymentAttempt attempt(Run<?, ?> of) {
        try {
            return new DeploymentAttempt(of, owner, target(), fields, MkDeployStep.NAME);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException("Checked before the work began", e);
        }
    }

    /** Run of the deployment as the work of this step. */
    private final class Deploying implements StepWork {
        private final BuildRun run;
        private final DeploymentAttempt attempt;

        private Deploying(BuildRun run, DeploymentAttempt attempt) {
            this.run = run;
            this.attempt = attempt;
        }

        @Override
        public ReadRetries.ReadCall<?> start() {
            RequestedNames asked = RequestedNames.from(attempt.plan().request());
            var call = resumed ? run.resume(enteredIn) : run.start();
            return () -> BuildDeploymentResult.from(call.read(), asked);
        }

        @Override
        public ReadRetries.ReadCall<AbortMessage> abort() {
            var report = run.abort();
            return () -> {
                AbortOutcome left = VirtualThreadWaits.await(report);
                return new AbortMessage(left.text(), () -> attempt.aborted(left));
            };
        }
    }

    private ResumeGuarantee guarantee(Run<?, ?> of) throws IOException, InterruptedException {
        SavedProgram program = new SavedProgram(getContext(), of);
        return () -> {
            if (isJenkinsStopping()) {
                LOGGER.fine(() -> "Left to the next controller: " + owner);
                return ResumeGuarantee.NEVER;
            }
            return program.hold(enters());
        };
    }

    /** Returns true if the program on the disk does not know the ledger yet. */
    private boolean enters() {
        String ledger = BuildRun.ledger();
        boolean isNew = !ledger.equals(enteredIn);
        enteredIn = ledger;
        return isNew;
    }

    /** Labels the node of the step for the stage and log views. A failure does not affect the deployment. */
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
    AbortMessage abortedBefore() {
        DeploymentAttempt attempt = attempt(build);
        return new AbortMessage(AbortOutcome.from(state(), attempt.plan()).text(), () -> abandon(attempt));
    }

    /** Has a run that was not started record the abort. */
    private void abandon(DeploymentAttempt attempt) {
        var report = new BuildRun(attempt, TaskListener.NULL, initial(), ResumeGuarantee.NONE).abandon(enteredIn);
        VirtualThreads.start(() -> {
            try {
                AbortOutcome left = VirtualThreadWaits.await(report);
                Threads.certainly(() -> attempt.aborted(left));
            } catch (MetaKraftwerkException | InterruptedException e) {
                // Nothing else ends this wait.
                throw new IllegalStateException(e);
            }
        });
    }

    private DeploymentState state() {
        BuildRun begun = run;
        if (begun != null) {
            return begun.state();
        }
        return resumed ? BuildRun.stateOf(attempt(build), enteredIn, initial()) : initial();
    }

    @Override
    public boolean onlyReads() {
        return false;
    }

    @Override
    public Optional<Object> outcome() {
        DeploymentState last = state();
        return last.standing() == Standing.ENDED
                ? Optional.of(BuildDeploymentResult.from(
                        last.result(), RequestedNames.from(attempt(build).plan().request())))
                : Optional.empty();
    }

    @Override
    public boolean mayHaveChanged() {
        return state().standing() != Standing.NOTHING_SENT;
    }

    @Override
    public void leaveUnknown(String said) {
        attempt(build).leftUnknown(state(), said);
    }

    @Override
    public String getStatus() {
        BuildRun begun = run;
        return begun == null ? null : begun.state().toString();
    }
}
