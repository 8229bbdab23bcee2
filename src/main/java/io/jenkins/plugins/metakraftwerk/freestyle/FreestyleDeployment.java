package io.jenkins.plugins.metakraftwerk.freestyle;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AbortOutcome;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.form.FieldLabels;
import io.jenkins.plugins.metakraftwerk.run.AttemptViews;
import io.jenkins.plugins.metakraftwerk.run.BuildFolders;
import io.jenkins.plugins.metakraftwerk.run.BuildRun;
import io.jenkins.plugins.metakraftwerk.run.DeploymentAttempt;
import io.jenkins.plugins.metakraftwerk.run.ResumeGuarantee;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.run.RunOwner;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs one deployment on the thread of a freestyle build. A restart ends that build anyway, so nothing is stored. */
final class FreestyleDeployment {

    private static final Logger LOGGER = Logger.getLogger(FreestyleDeployment.class.getName());

    private final Run<?, ?> build;
    private final TaskListener listener;
    private final String step;

    /** @param step the symbol that the page of the build names */
    FreestyleDeployment(Run<?, ?> build, TaskListener listener, String step) {
        this.build = build;
        this.listener = listener;
        this.step = step;
    }

    DeploymentResult run(DeploymentFields fields, String server, String credentialsId)
            throws AbortException, InterruptedException {
        try {
            fields.request();
            Target target = target(server, credentialsId);
            DeploymentAttempt attempt = new DeploymentAttempt(build, RunOwner.in(build), target, fields, step);
            DeploymentState begin = fields.initialState(Threads.timing().now());
            save();
            BuildRun run = new BuildRun(attempt, listener, begin, ResumeGuarantee.NONE);
            return await(run, attempt, VirtualThreads.begin(Runnable::run, run.start()::read));
        } catch (MetaKraftwerkException e) {
            throw new AbortException(FieldLabels.in(e).getLocalizedMessage());
        }
    }

    /**
     * Saves the build, since Jenkins saves a freestyle build only at its end. After a crash, the build would not show
     * what it deployed.
     */
    private void save() {
        try {
            BuildFolders.save(build);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "After a crash, nobody will see that there was " + build);
        }
    }

    private Target target(String server, String credentialsId) throws AbortException {
        try {
            return Target.forItem(build.getParent(), server, credentialsId);
        } catch (AbortException e) {
            throw nothingSent(e);
        }
    }

    private static AbortException nothingSent(AbortException reason) {
        return new AbortException(
                Text.forKey("run.notBegun", reason.getMessage()).toString());
    }

    private DeploymentResult await(BuildRun run, DeploymentAttempt attempt, Future<DeploymentResult> result)
            throws InterruptedException, AbortException, MetaKraftwerkException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            leave(run, attempt);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = Futures.cause(e);
            if (cause instanceof MetaKraftwerkException known) {
                throw known;
            }
            throw new AbortException(Messages.run_broken(cause.getClass().getSimpleName()));
        }
    }

    private void leave(BuildRun run, DeploymentAttempt attempt) throws InterruptedException {
        RunLog log = new RunLog(listener, attempt.target());
        try {
            AbortOutcome left = run.abort().get();
            log.accept(left.text());
            Signal shown = new Signal();
            Threads.certainly(() -> {
                attempt.aborted(left);
                shown.give();
            });
            shown.isSoon(Threads.timing(), AttemptViews.PATIENCE_OF_ABORT);
        } catch (ExecutionException e) {
            log.accept(Text.forKey("abort.late"));
        }
    }
}
