package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.history.SurroundingHistory;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.io.PrintStream;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/** Reads the history of this Jenkins. Sends no request, so it needs no credential. After a restart it reads again. */
final class MkDeployedExecution extends StepExecution {

    private static final long serialVersionUID = 1L;

    private final MkDeployedStep step;
    private String serverUrl;

    /** Guarded by this. */
    private transient boolean ended;

    MkDeployedExecution(StepContext context, MkDeployedStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        try {
            step.asked();
            serverUrl = ServerChoice.address(job(), step.getServer());
        } catch (MetaKraftwerkException e) {
            throw new MetaKraftwerkStepException(e);
        } catch (AbortException e) {
            throw new MetaKraftwerkStepException(e.getMessage(), false);
        }
        readHistory();
        return false;
    }

    @Override
    public void onResume() {
        readHistory();
    }

    private Job<?, ?> job() throws IOException, InterruptedException {
        return getContext().get(Run.class).getParent();
    }

    private void readHistory() {
        StopListener stopping = StopListener.ofThisJenkins();
        try {
            Threads.begin(() -> answer(stopping));
        } catch (AbortException e) {
            end(stopping, null, new MetaKraftwerkStepException(e.getMessage(), false));
        }
    }

    private void answer(StopListener stopping) {
        DeployedResult found = null;
        Throwable failure = null;
        try {
            Job<?, ?> job = job();
            SurroundingHistory history = new SurroundingHistory(job, authentication(job));
            found = history.last(serverUrl, step.asked())
                    .map(DeployedResult::from)
                    .orElse(null);
            PrintStream log = getContext().get(TaskListener.class).getLogger();
            history.problems().forEach(log::println);
        } catch (Exception | Error e) {
            failure = e;
        }
        end(stopping, found, failure);
    }

    private void end(StopListener stopping, DeployedResult found, Throwable failure) {
        if (!ends(stopping)) {
            return;
        }
        if (failure == null) {
            getContext().onSuccess(found);
        } else {
            getContext().onFailure(failure);
        }
    }

    private static Authentication authentication(Job<?, ?> job) {
        return job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }

    /** Jenkins saves no result once it stops. The next controller reads again. */
    private synchronized boolean ends(StopListener stopping) {
        boolean first = !ended && !stopping.hasBegun();
        ended |= first;
        return first;
    }

    @Override
    public void stop(Throwable cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        getContext().onFailure(cause);
    }
}
