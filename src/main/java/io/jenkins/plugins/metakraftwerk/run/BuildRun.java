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

/** One deployment of a Jenkins build: the run, assembled of all that it needs of Jenkins. */
public final class BuildRun {

    private static final Logger LOGGER = Logger.getLogger(BuildRun.class.getName());

    private final DeploymentAttempt attempt;
    private final DeploymentRun run;
    private volatile DeploymentState state;
    private volatile boolean resumes;

    /**
     * Reads what is remembered of earlier runs, so it may block.
     *
     * @param initial where it begins
     */
    public BuildRun(DeploymentAttempt attempt, TaskListener listener, DeploymentState initial, ResumeGuarantee anchor) {
        this.attempt = attempt;
        RunLog print = new RunLog(listener, attempt.target());
        state = initial;
        run = new DeploymentRun(
                RunMemory.coordination(),
                new RunConnector(print),
                attempt.plan(),
                attempt.identity(),
                new Listener(print, anchor),
                initial);
    }

    /**
     * Begins.
     *
     * @return lets a virtual thread run to the end, and show it; {@link #abort} interrupts it, and nothing begins after that
     */
    public ReadRetries.ReadCall<DeploymentResult> start() {
        return shown(run.start());
    }

    /**
     * Goes on after a restart, and to the end as {@link #start}. What it needs for that may come late: it is waited for.
     *
     * @param enteredIn the id of the ledger that the run has entered for all that its build knows; null for none
     */
    public ReadRetries.ReadCall<DeploymentResult> resume(String enteredIn) {
        resumes = true;
        return shown(run.resume(enteredIn));
    }

    /** Finds out what became of a run that its build does not bring back; sends nothing. Shows that likewise. */
    public ReadRetries.ReadCall<DeploymentResult> findOut() {
        resumes = true;
        return shown(run.findOut());
    }

    /** Ends it before it goes on after a restart; else as {@link #abort}. */
    public Future<AbortOutcome> abandon(String enteredIn) {
        resumes = true;
        return run.abandon(enteredIn);
    }

    /** How far it has come. */
    public DeploymentState state() {
        return state;
    }

    /** How far a run has come that has not gone on yet after a restart. */
    public static DeploymentState stateOf(DeploymentAttempt attempt, String enteredIn, DeploymentState initial) {
        return RunMemory.coordination()
                .ledger()
                .recall(attempt.owner(), attempt.server().toString(), enteredIn, initial);
    }

    /** The id of the ledger that runs enter; null as long as that cannot be read. */
    public static String ledger() {
        return RunMemory.coordination().ledger().id();
    }

    /** The same outcome, once it is shown; whatever becomes of that, who waits for it gets it. */
    private ReadRetries.ReadCall<DeploymentResult> shown(ReadRetries.ReadCall<DeploymentResult> way) {
        return () -> {
            DeploymentResult result;
            try {
                result = way.read();
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

    /** Ends the run, whether or not it has begun, without blocking; the caller shows what is left of it. */
    public Future<AbortOutcome> abort() {
        return run.abort();
    }

    /** The server and the credential of the attempt, as they are now. */
    private final class RunConnector implements ServerConnector {
        private final RunLog print;

        private RunConnector(RunLog print) {
            this.print = print;
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
            say(attempt.target().credential());
            DeploymentState now = state;
            if (now.phase() == Phase.PLANNED && now.standing() == Standing.NOTHING_SENT) {
                attempt.requireOpen();
            }
            return connection;
        }

        private void say(Text text) {
            try {
                print.accept(text);
            } catch (RuntimeException | Error e) {
                // No reason not to deploy, or to lose sight of what was deployed.
                LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
            }
        }
    }

    private final class Listener implements DeploymentRunListener {
        private final RunLog print;
        private final ResumeGuarantee anchor;

        private Listener(RunLog print, ResumeGuarantee anchor) {
            this.print = print;
            this.anchor = anchor;
        }

        @Override
        public void log(Text line) {
            print.accept(line);
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
            return anchor.hold();
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
