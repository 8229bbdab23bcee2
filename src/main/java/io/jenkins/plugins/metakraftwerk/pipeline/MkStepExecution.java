package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.config.Connections;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.config.RunLog;
import io.jenkins.plugins.metakraftwerk.config.Surroundings;
import io.jenkins.plugins.metakraftwerk.deploy.Retries;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * What the steps of this plugin have in common: they find their server and credential off the Pipeline's thread, hold no
 * thread while the server works, go on after a restart, and end at once when they are stopped.
 */
abstract class MkStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(MkStepExecution.class.getName());

    private final String server;
    private final String credentialsId;

    private transient Consumer<Text> log;
    private transient CompletableFuture<?> running;
    private transient boolean stopped;

    MkStepExecution(StepContext context, String server, String credentialsId) {
        super(context);
        this.server = server;
        this.credentialsId = credentialsId;
    }

    /** Refuses what can be refused without a server. Runs on the Pipeline's thread. */
    abstract void check() throws MetaKraftwerkException;

    /** Does the work, or goes on with it after a restart; its future brings what the script gets. */
    abstract CompletableFuture<?> run(
            Run<?, ?> build, MetaKraftwerkServer server, MetaKraftwerkClient client, Consumer<Text> log)
            throws MetaKraftwerkException;

    /** Reads from the server, again where that failed for a passing reason. */
    static <T> CompletableFuture<T> reading(Consumer<Text> log, Supplier<CompletableFuture<T>> call) {
        Duration limit = MetaKraftwerkGlobalConfiguration.get().retryLimit();
        return new Retries(Surroundings.timing(), limit, log).read(call);
    }

    /** Ends the work and says what became of it; null where there is nothing to say. */
    CompletableFuture<Text> abort() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public final boolean start() throws Exception {
        try {
            check();
        } catch (MetaKraftwerkException e) {
            throw new MetaKraftwerkStepException(e);
        }
        Surroundings.workers().execute(this::begin);
        return false;
    }

    @Override
    public final void onResume() {
        Surroundings.workers().execute(this::begin);
    }

    private void begin() {
        try {
            Run<?, ?> build = getContext().get(Run.class);
            MetaKraftwerkServer found = Connections.server(server);
            MetaKraftwerkClient client = Connections.ofRun(build, found, credentialsId);
            synchronized (this) {
                if (stopped) {
                    return;
                }
                log = new RunLog(getContext().get(TaskListener.class), found);
                running = run(build, found, client, log);
            }
            running.whenComplete(this::end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            getContext().onFailure(e);
        } catch (Exception e) {
            end(null, e);
        }
    }

    private void end(Object result, Throwable failure) {
        Throwable cause = Futures.cause(failure);
        if (cause == null) {
            getContext().onSuccess(result);
        } else if (cause instanceof MetaKraftwerkException known) {
            getContext().onFailure(new MetaKraftwerkStepException(known));
        } else if (cause instanceof AbortException) {
            getContext().onFailure(cause);
        } else if (!(cause instanceof CancellationException)) {
            LOGGER.log(Level.WARNING, cause, () -> "A MetaKraftwerk step failed in a way that it does not know");
            getContext()
                    .onFailure(new AbortException(
                            Messages.step_broken(cause.getClass().getSimpleName())));
        }
    }

    @Override
    public final void stop(Throwable cause) {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            if (running != null && running.isDone()) {
                return;
            }
        }
        abort().whenComplete((text, failure) -> {
            if (text != null && log != null) {
                log.accept(text);
            }
            getContext().onFailure(cause);
        });
    }
}
