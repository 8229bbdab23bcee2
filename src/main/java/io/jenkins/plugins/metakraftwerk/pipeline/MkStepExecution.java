package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Base of the executions. A step chooses a server and a credential when it starts, and keeps them. It works off the
 * thread of the Pipeline, and holds no thread while the server works. It continues after a restart, and ends at once
 * when it is stopped.
 */
abstract class MkStepExecution extends StepExecution implements FailureConsequences {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(MkStepExecution.class.getName());

    /** Names from the script. The step resolves them once, when it starts. */
    private final transient String server;

    private final transient String credentialsId;

    private Target target;

    private transient StopListener stopping;

    /** Null until all that it needs is there. Guarded by this. */
    private transient StepWork work;

    /** True once the end of the step is decided, by its work or by a stop. Guarded by this. */
    private transient boolean ended;

    MkStepExecution(StepContext context, String server, String credentialsId) {
        super(context);
        this.server = server;
        this.credentialsId = credentialsId;
    }

    /** Refuses wrong arguments, as far as that needs no server. Runs on the thread of the Pipeline. */
    abstract void check() throws MetaKraftwerkException;

    /** Finds all that the work needs. After a restart, finds the work that is left. May block. */
    abstract StepWork prepare(Run<?, ?> build, TaskListener listener)
            throws IOException, InterruptedException, MetaKraftwerkException;

    /** Notes what identifies this step. Runs on the thread of the Pipeline. */
    void begins(Run<?, ?> build) {
        // A step that only reads has nothing to note.
    }

    /** Continues after a restart. Must not block. */
    void recall(Run<?, ?> build) {
        // A step that only reads starts again.
    }

    /** Returns the message of a step that is stopped before its work is prepared. Must not block. */
    AbortMessage abortedBefore() {
        return AbortMessage.NONE;
    }

    final Target target() {
        return target;
    }

    final boolean isJenkinsStopping() {
        return stopping.hasBegun();
    }

    @Override
    public final boolean start() throws Exception {
        try {
            check();
            target = Target.forItem(getContext().get(Run.class).getParent(), server, credentialsId);
        } catch (MetaKraftwerkException e) {
            throw new MetaKraftwerkStepException(e);
        } catch (AbortException e) {
            throw nothingSent(e);
        }
        begins(getContext().get(Run.class));
        try {
            stopping = StopListener.ofThisJenkins();
            Threads.begin(this::begin);
        } catch (AbortException e) {
            throw nothingSent(e);
        } catch (RuntimeException | Error e) {
            throw StepFailure.known(e, this);
        }
        return false;
    }

    static MetaKraftwerkStepException nothingSent(AbortException reason) {
        return new MetaKraftwerkStepException(
                Text.forKey("run.notBegun", reason.getMessage()).toString(), false);
    }

    @Override
    public final void onResume() {
        try {
            stopping = StopListener.ofThisJenkins();
            recall(getContext().get(Run.class));
            // A step that has started is not refused any more.
            Threads.certainly(this::begin);
        } catch (Exception | Error e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            end(null, e);
        }
    }

    /** Starts the work. Any error ends this step and nothing else. */
    private void begin() {
        try {
            Run<?, ?> build = getContext().get(Run.class);
            StepWork prepared;
            try {
                prepared = prepare(build, listener());
            } catch (AbortException e) {
                end(null, nothingSent(e));
                return;
            }
            synchronized (this) {
                if (ended) {
                    return;
                }
                work = prepared;
            }
            ReadRetries.ReadCall<?> call = prepared.start();
            VirtualThreads.<Object>begin(Threads.work(), call::read).whenComplete(this::end);
        } catch (Exception | Error e) {
            endWork();
            end(null, e);
        }
    }

    private synchronized void endWork() {
        if (work != null) {
            StepFailure.safely(work::abort);
        }
    }

    private TaskListener listener() throws IOException, InterruptedException {
        try {
            return getContext().get(TaskListener.class);
        } catch (IOException e) {
            // After a crash just when the step began, Jenkins may think that it ended and give it no log.
            LOGGER.log(Level.FINE, e, () -> "Logs to the build itself");
            return getContext().get(FlowExecution.class).getOwner().getListener();
        }
    }

    private void end(Object result, Throwable failure) {
        synchronized (this) {
            // Jenkins saves no result once it stops. The next controller finds out by itself.
            if (ended || isJenkinsStopping()) {
                return;
            }
            ended = true;
        }
        if (failure == null) {
            getContext().onSuccess(result);
        } else {
            StepFailure.end(getContext(), Futures.cause(failure), this);
        }
    }

    @Override
    public final void stop(Throwable cause) {
        StepWork begun;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            begun = work;
        }
        String name = getContext().toString();
        VirtualThreads.start(() -> leave(begun, name, cause));
    }

    /** Finds the effect of the work, prints it and ends the step. */
    private void leave(StepWork begun, String name, Throwable cause) {
        try {
            AbortMessage.find(name, () -> abortMessage(begun), onlyReads() ? AbortMessage.NONE : AbortMessage.LATE)
                    .tell(name, this::print);
        } catch (InterruptedException e) {
            // Nobody waits for the message any more.
        } finally {
            Threads.http().execute(() -> getContext().onFailure(cause));
        }
    }

    private AbortMessage abortMessage(StepWork begun) throws MetaKraftwerkException, InterruptedException {
        return begun == null
                ? AbortMessage.READY.get(this::abortedBefore)
                : AbortMessage.READY.get(begun::abort).read();
    }

    private void print(Text text) {
        try {
            new RunLog(listener(), target).accept(text);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
