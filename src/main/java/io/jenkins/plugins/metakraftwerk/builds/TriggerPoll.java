package io.jenkins.plugins.metakraftwerk.builds;

import hudson.AbortException;
import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.form.DefaultableFields;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerChoice;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import io.jenkins.plugins.metakraftwerk.watch.IdRanges;
import io.jenkins.plugins.metakraftwerk.watch.PolledBuilds;
import io.jenkins.plugins.metakraftwerk.watch.SharedPolls;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Poll of the builds of a server for one job, with the lines for the polling log. */
final class TriggerPoll implements WatchingJob.JobPoll<PollKey> {

    private static final Logger LOGGER = Logger.getLogger(TriggerPoll.class.getName());

    /** Longest time of a call beside its retries: the log-in and the call itself. */
    private static final Duration CALL = Duration.ofMinutes(10);

    /** If more builds start, the log gives only their ids. */
    private static final int MOST_NAMED = 10;

    private final Job<?, ?> job;
    private final TriggerSettings trigger;
    private final Consumer<List<String>> log;
    private final Duration limit = MetaKraftwerkGlobalConfiguration.get().retryLimit();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Null until the target is known. */
    private volatile WatchingJob.PollTarget<PollKey> aim;

    private volatile MetaKraftwerkServer server;

    /** True if this job asked the server itself, false if it shares the poll of another job. */
    private volatile boolean own;

    private volatile SharedPolls.Poll poll;

    /** @param log gets all lines once, on a thread that may block */
    TriggerPoll(Job<?, ?> job, TriggerSettings trigger, Consumer<List<String>> log) {
        this.job = job;
        this.trigger = trigger;
        this.log = log;
    }

    @Override
    public WatchingJob.PollTarget<PollKey> aim() throws WatchingJob.CannotPollException {
        try {
            if (aim == null) {
                aim = find();
            }
            return aim;
        } catch (AbortException | MetaKraftwerkException e) {
            throw new WatchingJob.CannotPollException(e.getLocalizedMessage());
        }
    }

    private WatchingJob.PollTarget<PollKey> find() throws AbortException, MetaKraftwerkException {
        BuildFilter filter = trigger.filter();
        DefaultableFields.require(trigger.getServer(), trigger.getCredentialsId());
        server = ServerChoice.choose(job, trigger.getServer());
        MetaKraftwerkClient client = Connections.ofJob(job, trigger.getServer(), trigger.getCredentialsId());
        if (server.getFrozen() != null) {
            lines.add(Messages.log_frozen(server.getName(), server.getFrozen()));
        }
        return new WatchingJob.PollTarget<>(
                new PollKey(client, filter),
                client.server().toString(),
                JsonLine.write(filter),
                PollSchedule.interval(trigger.schedule()));
    }

    @Override
    public Duration longest() {
        return limit.plus(CALL);
    }

    @Override
    public PolledBuilds ask(WatchingJob.PollTarget<PollKey> aim) throws MetaKraftwerkException, InterruptedException {
        own = true;
        return new ReadRetries(Threads.timing(), limit, text -> lines.add(text.toString()))
                .read(() -> aim.key().client().builds(aim.key().filter(), PolledBuilds.collector()));
    }

    @Override
    public boolean counts(SharedPolls.Poll poll) {
        this.poll = poll;
        return job.isBuildable() && trigger.isLike(TriggerSettings.forJob(job));
    }

    @Override
    public void saw(FinishedBuildTracker.Outcome outcome) {
        if (!own) {
            Duration age = Threads.timing().uptime().minus(poll.began());
            lines.add(Messages.log_shared(String.valueOf(age.toSeconds())));
        }
        if (outcome.wasOff()) {
            lines.add(Messages.log_enabled());
        }
        if (outcome.fellFrom() > 0) {
            lines.add(Messages.log_fell(server.getName(), String.valueOf(outcome.fellFrom())));
        }
        if (outcome.restored()) {
            lines.add(Messages.log_restored(server.getName()));
        }
        String size = String.valueOf(poll.seen().size());
        String unfinished = String.valueOf(poll.seen().unfinished());
        lines.add(
                outcome.first()
                        ? Messages.log_first(size, server.getName(), unfinished)
                        : Messages.log_seen(size, server.getName(), unfinished));
        if (poll.seen().size() == 0 && trigger.narrows()) {
            lines.add(Messages.log_noneFits());
        }
        boolean few = outcome.queued().size() + outcome.refused().size() <= MOST_NAMED;
        say(outcome.queued(), few, Messages::log_queued, Messages::log_manyQueued);
        say(outcome.refused(), few, Messages::log_refused, Messages::log_manyRefused);
        if (!outcome.waiting().isEmpty()) {
            String most = String.valueOf(FinishedBuildTracker.MOST_A_LOOK);
            lines.add(Messages.log_waiting(count(outcome.waiting()), most, ids(outcome.waiting())));
        }
        if (!outcome.givenUp().isEmpty()) {
            lines.add(Messages.log_givenUp(count(outcome.givenUp()), ids(outcome.givenUp())));
        }
    }

    private void say(List<FinishedBuild> builds, boolean few, UnaryOperator<String> one, BinaryOperator<String> many) {
        if (few) {
            builds.forEach(build -> lines.add(one.apply(BuildFinishedCause.label(build.id(), build.name()))));
        } else if (!builds.isEmpty()) {
            lines.add(many.apply(count(builds), ids(builds)));
        }
    }

    private static String count(List<FinishedBuild> builds) {
        return String.valueOf(builds.size());
    }

    private static String ids(List<FinishedBuild> builds) {
        IdRanges ids = IdRanges.from(builds);
        return ids.more() == 0 ? ids.words() : Messages.log_moreIds(ids.words(), String.valueOf(ids.more()));
    }

    @Override
    public void changed() {
        lines.add(Messages.log_changed());
    }

    @Override
    public void paused(Duration left) {
        lines.add(Messages.log_paused(server.getName(), String.valueOf(left.toMinutes() + 1)));
    }

    @Override
    public void lost(Duration longest) {
        lines.add(Messages.log_overdue(String.valueOf(longest.toMinutes())));
    }

    @Override
    public void late(int times) {
        lines.add(Messages.log_late(String.valueOf(times)));
    }

    @Override
    public void failed(String reason) {
        lines.add(Messages.log_failed(reason));
    }

    @Override
    public void notRead(IOException failure) {
        lines.add(Messages.log_notRead(failure.getMessage()));
    }

    @Override
    public void notSaved(IOException failure) {
        lines.add(Messages.log_notSaved(failure.getMessage()));
    }

    @Override
    public void broken(Throwable failure) {
        LOGGER.log(Level.WARNING, failure, () -> "Could not look for finished builds for " + job.getFullName());
        lines.add(Messages.log_broken(failure.getClass().getSimpleName()));
    }

    @Override
    public void say() {
        log.accept(lines);
    }
}
