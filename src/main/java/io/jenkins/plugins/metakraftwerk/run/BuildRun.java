package io.jenkins.plugins.metakraftwerk.run;

import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AbortOutcome;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRunListener;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnection;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnector;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Deployment of a Jenkins build: connects a {@link DeploymentRun} with Jenkins. */
public final class BuildRun {

    private static final Logger LOGGER = Logger.getLogger(BuildRun.class.getName());

    private final DeploymentAttempt attempt;
    private final DeploymentRun run;
    private volatile DeploymentState state;
    private volatile boolean resumes;

    /**
     * Reads the ledger, so it may block.
     *
     * @param initial the state in which the run begins
     */
    public BuildRun(
            DeploymentAttempt attempt, TaskListener listener, DeploymentState initial, ResumeGuarantee guarantee) {
        this.attempt = attempt;
        RunLog runLog = new RunLog(listener, attempt.target());
        state = initial;
        run = new DeploymentRun(
                RunMemory.coordination(),
                new RunConnector(runLog),
                attempt.plan(),
                attempt.identity(),
                new Listener(runLog, guarantee),
                initial);
    }

    /**
     * Begins the run.
     *
     * @return a call that runs to the end on a virtual thread and shows the outcome; {@link #abort} interrupts it, and
     *     nothing begins after that
     */
    public ReadRetries.ReadCall<DeploymentResult> start() {
        return thenShow(run.start());
    }

    /**
     * Goes on after a restart, to the end as {@link #start} does. If the ledger or the server is not available yet, it
     * waits.
     *
     * @param enteredIn the id of the ledger that the run has entered as far as its build knows; null for none
     */
    public ReadRetries.ReadCall<DeploymentResult> resume(String enteredIn) {
        resumes = true;
        return thenShow(run.resume(enteredIn));
    }

    /**
     * Finds out what became of a run that its build does not bring back, and shows that. Sends nothing that deploys.
     */
    public ReadRetries.ReadCall<DeploymentResult> findOut() {
        resumes = true;
        return thenShow(run.findOut());
    }

    /** Ends the run before it goes on after a restart; else like {@link #abort}. */
    public Future<AbortOutcome> abandon(String enteredIn) {
        resumes = true;
        return run.abandon(enteredIn);
    }

    /** Returns the state that the run has reached. */
    public DeploymentState state() {
        return state;
    }

    /** Returns the state of a run that has not gone on yet after a restart. */
    public static DeploymentState stateOf(DeploymentAttempt attempt, String enteredIn, DeploymentState initial) {
        return RunMemory.coordination()
                .ledger()
                .recall(attempt.owner(), attempt.server().toString(), enteredIn, initial);
    }

    /** Returns the id of the ledger that runs enter; null as long as the ledger cannot be read. */
    public static String ledger() {
        return RunMemory.coordination().ledger().id();
    }

    /** Returns a call with the same outcome that first shows it. The caller gets the outcome even if that fails. */
    private ReadRetries.ReadCall<DeploymentResult> thenShow(ReadRetries.ReadCall<DeploymentResult> outcome) {
        return () -> {
            DeploymentResult result;
            try {
                result = outcome.read();
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                show(() -> attempt.failed(Futures.cause(e)));
                throw e;
            }
            show(() -> attempt.ended(result));
            return result;
        };
    }

    private static void show(Runnable end) throws InterruptedException {
        try {
            new PlatformCalls(Threads.work()).run(end);
        } catch (RuntimeException | Error e) {
            Threads.certainly(end);
        }
    }

    /** Ends the run, even if it has not begun, without blocking. The caller shows the outcome. */
    public Future<AbortOutcome> abort() {
        return run.abort();
    }

    /** Connects to the server with the credential of the attempt, as they are configured now. */
    private final class RunConnector implements ServerConnector {
        private final RunLog runLog;

        private RunConnector(RunLog runLog) {
            this.runLog = runLog;
        }

        @Override
        public ServerUrl server() {
            return attempt.server();
        }

        @Override
        public AttemptSource source() {
            return attempt.source();
        }

        @Override
        public ServerConnection connect() throws MetaKraftwerkException {
            ServerConnection connection = attempt.connect();
            logSafely(attempt.target().credential());
            DeploymentState now = state;
            if (now.phase() == Phase.PLANNED && now.standing() == Standing.NOTHING_SENT) {
                attempt.requireOpen();
            }
            return connection;
        }

        private void logSafely(Text text) {
            try {
                runLog.accept(text);
            } catch (RuntimeException | Error e) {
                // No reason to stop a deployment, or to lose track of one.
                LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
            }
        }
    }

    private final class Listener implements DeploymentRunListener {
        private final RunLog runLog;
        private final ResumeGuarantee guarantee;

        private Listener(RunLog runLog, ResumeGuarantee guarantee) {
            this.runLog = runLog;
            this.guarantee = guarantee;
        }

        @Override
        public void log(Text line) {
            runLog.accept(line);
        }

        @Override
        public void reached(DeploymentState next) {
            if (resumes && next.standing() != Standing.NOTHING_SENT) {
                attempt.hasSent();
            }
            resumes = false;
            state = next;
        }

        @Override
        public ReadRetries.ReadCall<?> anchor() {
            return guarantee.hold();
        }

        @Override
        public ReadRetries.ReadCall<Optional<Text>> sends() {
            return attempt.sends();
        }

        @Override
        public void late(DeploymentResult result) {
            attempt.ended(result);
        }

        @Override
        public void found(String owner, DeploymentResult result) {
            AttemptViews.found(owner, result);
        }

        @Override
        public Optional<String> buildName(RunIdentity.BuildLocation build) {
            return RunOwner.name(build);
        }
    }
}
