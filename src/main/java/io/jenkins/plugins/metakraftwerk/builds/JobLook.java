package io.jenkins.plugins.metakraftwerk.builds;

import hudson.AbortException;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.deploy.BuildsLook;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuilds;
import io.jenkins.plugins.metakraftwerk.deploy.Retries;
import io.jenkins.plugins.metakraftwerk.deploy.SharedLooks;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One look of a job at the builds of its server, and what the polling log says of it. */
final class JobLook {

    private static final Logger LOGGER = Logger.getLogger(JobLook.class.getName());

    private final Job<?, ?> job;
    private final BuildWatch trigger;
    private final FinishedBuilds builds;
    private final SharedLooks<LookKey> looks;
    private final AtomicReference<Duration> had;
    private final Consumer<List<String>> end;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Whether it is not the look of another job. */
    private volatile boolean own;

    /**
     * @param had when the look began that the job has had last; null before its first
     * @param end hears once how it went, on a thread that may block
     */
    JobLook(
            Job<?, ?> job,
            BuildWatch trigger,
            FinishedBuilds builds,
            SharedLooks<LookKey> looks,
            AtomicReference<Duration> had,
            Consumer<List<String>> end) {
        this.job = job;
        this.trigger = trigger;
        this.builds = builds;
        this.looks = looks;
        this.had = had;
        this.end = end;
    }

    /** Whether a trigger has noted nothing yet; false also where that cannot be told, which is said when it is due. */
    static boolean isFirst(Job<?, ?> job, BuildWatch trigger, FinishedBuilds builds) throws IOException {
        try {
            return BuildWatch.looks(trigger)
                    && builds.isFirst(client(job, trigger).server().toString(), filter(trigger));
        } catch (AbortException | MetaKraftwerkException e) {
            return false;
        }
    }

    private static MetaKraftwerkClient client(Job<?, ?> job, BuildWatch trigger) throws AbortException {
        return Connections.ofJob(job, trigger.getServer(), trigger.getCredentialsId());
    }

    private static String filter(BuildWatch trigger) throws MetaKraftwerkException {
        return JsonLine.write(trigger.filter());
    }

    /** Asks the server, or takes the look of another job. May block, but not until the server answers. */
    void begin() {
        try {
            ask();
        } catch (AbortException | MetaKraftwerkException e) {
            end(Messages.log_failed(e.getLocalizedMessage()));
        } catch (IOException e) {
            end(Messages.log_notRead(e.getMessage()));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void ask() throws MetaKraftwerkException, IOException {
        BuildFilter filter = trigger.filter();
        MetaKraftwerkServer server = ServerChoice.of(job, trigger.getServer());
        MetaKraftwerkClient client = client(job, trigger);
        if (server.getFrozen() != null) {
            lines.add(Messages.log_frozen(server.getName(), server.getFrozen()));
        }
        LookKey key = new LookKey(client, filter(trigger));
        Optional<Duration> pause = looks.pause(key);
        if (pause.isPresent()) {
            end(Messages.log_paused(server.getName(), String.valueOf(pause.get().toMinutes() + 1)));
            return;
        }
        CompletableFuture<SharedLooks.Look> look =
                builds.isFirst(client.server().toString(), key.filter())
                        ? looks.own(key, () -> read(client, filter))
                        : looks.shared(
                                key,
                                Optional.ofNullable(had.get()),
                                LookTimes.interval(trigger.schedule()),
                                () -> read(client, filter));
        look.whenCompleteAsync((seen, failure) -> ended(key, server.getName(), seen, failure), Threads.work());
    }

    private CompletableFuture<BuildsLook> read(MetaKraftwerkClient client, BuildFilter filter) {
        own = true;
        return new Retries(
                        Threads.timing(),
                        Threads.work(),
                        MetaKraftwerkGlobalConfiguration.get().retryLimit(),
                        text -> lines.add(text.toString()))
                .read(() -> client.builds(filter, BuildsLook.collector()));
    }

    private void ended(LookKey key, String server, SharedLooks.Look look, Throwable failure) {
        try {
            if (failure == null) {
                saw(key, server, look);
            } else if (Futures.cause(failure) instanceof MetaKraftwerkException known) {
                end(Messages.log_failed(known.getLocalizedMessage()));
            } else {
                broken(failure);
            }
        } catch (IOException e) {
            end(Messages.log_notSaved(e.getMessage()));
        } catch (RuntimeException e) {
            broken(e);
        }
    }

    private void saw(LookKey key, String server, SharedLooks.Look look) throws IOException {
        if (!job.isBuildable() || !trigger.isLike(BuildWatch.of(job))) {
            end(Messages.log_changed());
            return;
        }
        FinishedBuilds.Outcome outcome =
                builds.saw(key.client().server().toString(), key.filter(), look.seen(), look.at());
        had.set(look.began());
        if (!own) {
            Duration age = Threads.timing().uptime().minus(look.began());
            lines.add(Messages.log_shared(String.valueOf(age.toSeconds())));
        }
        String seen = String.valueOf(look.seen().size());
        String unfinished = String.valueOf(look.seen().unfinished());
        if (outcome.wasOff()) {
            lines.add(Messages.log_enabled());
        }
        if (outcome.fellFrom() > 0) {
            lines.add(Messages.log_fell(server, String.valueOf(outcome.fellFrom())));
        }
        if (outcome.restored()) {
            lines.add(Messages.log_restored(server));
        }
        lines.add(
                outcome.first()
                        ? Messages.log_first(seen, server, unfinished)
                        : Messages.log_seen(seen, server, unfinished));
        if (look.seen().size() == 0 && trigger.narrows()) {
            lines.add(Messages.log_noneFits());
        }
        for (FinishedBuild build : outcome.queued()) {
            lines.add(Messages.log_queued(BuildFinishedCause.label(build.id(), build.name())));
        }
        for (FinishedBuild build : outcome.refused()) {
            lines.add(Messages.log_refused(BuildFinishedCause.label(build.id(), build.name())));
        }
        end.accept(lines);
    }

    private void end(String line) {
        lines.add(line);
        end.accept(lines);
    }

    private void broken(Throwable failure) {
        LOGGER.log(Level.WARNING, failure, () -> "Could not look for finished builds for " + job.getFullName());
        end(Messages.log_broken(failure.getClass().getSimpleName()));
    }
}
