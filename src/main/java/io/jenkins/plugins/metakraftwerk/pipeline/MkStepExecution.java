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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
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

    private transient Stopping stopping;
    private transient Consumer<Text> log;
    private transient CompletableFuture<?> reading;

    /** Whether it is settled how this step ends, by its work or by being stopped; guarded by this. */
    private transient boolean ended;

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
            throws IOException, InterruptedException, MetaKraftwerkException;

    /** Reads from the server, again where that failed for a passing reason, until this step is stopped. */
    final <T> CompletableFuture<T> reading(Consumer<Text> log, Supplier<CompletableFuture<T>> call) {
        Duration limit = MetaKraftwerkGlobalConfiguration.get().retryLimit();
        CompletableFuture<T> answer = new Retries(Surroundings.timing(), limit, log).read(call);
        reading = answer;
        return answer;
    }

    /** Catches up on what happened before a restart. */
    void recall() throws IOException, InterruptedException {
        // What only reads, reads again.
    }

    /** Ends the work and says what became of it; null where there is nothing to say. */
    CompletableFuture<Text> abort() {
        if (reading != null) {
            reading.cancel(true);
        }
        return CompletableFuture.completedFuture(null);
    }

    /** What it means that the work could not begin. */
    MetaKraftwerkStepException notBegun(AbortException reason) {
        return new MetaKraftwerkStepException(reason.getMessage(), false);
    }

    /** How to call the server where it may be missing. */
    final String serverLabel() {
        try {
            return Connections.server(server).label();
        } catch (AbortException e) {
            return String.valueOf(server);
        }
    }

    final boolean isJenkinsStopping() {
        return stopping.hasBegun();
    }

    @Override
    public final boolean start() throws Exception {
        try {
            check();
        } catch (MetaKraftwerkException e) {
            throw new MetaKraftwerkStepException(e);
        }
        launch();
        return false;
    }

    @Override
    public final void onResume() {
        try {
            recall();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        launch();
    }

    private void launch() {
        stopping = Stopping.ofThisJenkins();
        Surroundings.workers().execute(this::begin);
    }

    private void begin() {
        try {
            Run<?, ?> build = getContext().get(Run.class);
            MetaKraftwerkServer found = Connections.server(server);
            MetaKraftwerkClient client = Connections.ofRun(build, found, credentialsId);
            Consumer<Text> print = new RunLog(listener(), found);
            CompletableFuture<?> running;
            synchronized (this) {
                if (ended) {
                    return;
                }
                log = print;
                running = run(build, found, client, print);
            }
            running.whenComplete(this::end);
        } catch (AbortException e) {
            end(null, notBegun(e));
        } catch (Exception | LinkageError e) {
            end(null, e);
        }
    }

    private TaskListener listener() throws IOException, InterruptedException {
        try {
            return getContext().get(TaskListener.class);
        } catch (IOException e) {
            // After a crash just when the step began, Jenkins may take it for ended and give it no log of its own.
            LOGGER.log(Level.FINE, e, () -> "Logs to the build itself");
            return getContext().get(FlowExecution.class).getOwner().getListener();
        }
    }

    private void end(Object result, Throwable failure) {
        synchronized (this) {
            // What ends while Jenkins stops is not saved any more: the next controller finds out by itself.
            if (ended || isJenkinsStopping()) {
                return;
            }
            ended = true;
        }
        if (failure == null) {
            getContext().onSuccess(result);
        } else {
            getContext().onFailure(known(Futures.cause(failure)));
        }
    }

    private static MetaKraftwerkStepException known(Throwable failure) {
        if (failure instanceof MetaKraftwerkStepException known) {
            return known;
        }
        if (failure instanceof MetaKraftwerkException known) {
            return new MetaKraftwerkStepException(known);
        }
        LOGGER.log(Level.WARNING, failure, () -> "A MetaKraftwerk step failed in a way that it does not know");
        return new MetaKraftwerkStepException(
                Messages.step_broken(failure.getClass().getSimpleName()), true);
    }

    @Override
    public final void stop(Throwable cause) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        CompletableFuture<Text> report;
        try {
            report = abort();
        } catch (RuntimeException e) {
            report = CompletableFuture.failedFuture(e);
        }
        report.whenComplete((text, failure) -> {
            if (failure != null) {
                LOGGER.log(Level.WARNING, failure, () -> "Could not find out what an aborted step had done");
            } else if (text != null) {
                say(text);
            }
            getContext().onFailure(cause);
        });
    }

    private void say(Text text) {
        try {
            if (log == null) {
                log = new RunLog(listener(), Connections.server(server));
            }
            log.accept(text);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not log: " + text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
