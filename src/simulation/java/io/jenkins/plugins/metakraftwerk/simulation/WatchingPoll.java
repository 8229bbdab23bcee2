package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuildTracker;
import io.jenkins.plugins.metakraftwerk.watch.PolledBuilds;
import io.jenkins.plugins.metakraftwerk.watch.SharedPolls;
import io.jenkins.plugins.metakraftwerk.watch.WatchingJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Poll of a job. Much can go wrong on it. */
final class WatchingPoll implements WatchingJob.JobPoll<WatchKey> {

    static final String URL = "https://mk.example";

    private static final Duration LONGEST = Duration.ofMinutes(12);

    private final WatchedSimJob job;
    private final WatchingJenkins jenkins;
    private final String filter;
    private final List<String> words = new ArrayList<>();

    WatchingPoll(WatchedSimJob job) {
        this.job = job;
        jenkins = job.jenkins;
        filter = job.filter;
    }

    @Override
    public WatchingJob.PollTarget<WatchKey> aim() throws WatchingJob.CannotPollException {
        job.perhapsFault();
        if (jenkins.trouble.noCredential()) {
            throw new WatchingJob.CannotPollException("no credential");
        }
        return new WatchingJob.PollTarget<>(
                new WatchKey("account", filter), URL, filter, Duration.ofNanos(job.interval));
    }

    @Override
    public Duration longest() {
        return LONGEST;
    }

    @Override
    public PolledBuilds ask(WatchingJob.PollTarget<WatchKey> aim) throws MetaKraftwerkException, InterruptedException {
        job.perhapsFault();
        CompletableFuture<PolledBuilds> answer = new CompletableFuture<>();
        if (!jenkins.trouble.losesAnswers()) {
            // Part of the time passes before the server reads its database.
            long latency = jenkins.trouble.latency();
            long before = jenkins.chance.between(0, latency);
            jenkins.later(before, () -> answered(latency - before, answer));
        }
        return VirtualThreadWaits.await(answer);
    }

    private void answered(long rest, CompletableFuture<PolledBuilds> answer) {
        try {
            job.perhapsFault();
            if (jenkins.trouble.noAnswer()) {
                jenkins.trace.line(() -> "the server refuses, or does not answer");
                answer.completeExceptionally(
                        jenkins.chance.happens(0.5)
                                ? MetaKraftwerkException.refusedLocally(Text.forKey("filter.any"))
                                : new UncheckedIOException(new IOException("no answer")));
                return;
            }
            PolledBuilds seen = jenkins.list(filter);
            jenkins.later(rest, () -> answer.complete(seen));
        } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
            answer.completeExceptionally(e);
        }
    }

    @Override
    public boolean counts(SharedPolls.Poll seen) {
        job.perhapsFault();
        boolean counts = job.trigger && !job.disabled && filter.equals(job.filter);
        if (counts) {
            job.looks();
            List<Build> list = jenkins.listOf(seen.seen());
            job.awaitStored(() -> job.verdict.saw(list, filter));
        }
        return counts;
    }

    @Override
    public void saw(FinishedBuildTracker.Outcome outcome) {
        job.hasSeen();
        job.waits(outcome);
        words.add(outcome.first() ? "noted" : "saw");
        job.perhapsFault();
    }

    @Override
    public void changed() {
        words.add("saw what does not count");
    }

    @Override
    public void paused(Duration left) {
        words.add("pauses");
    }

    @Override
    public void lost(Duration longest) {
        words.add("has lost a look");
    }

    @Override
    public void late(int times) {
        words.add("late " + times);
    }

    @Override
    public void failed(String reason) {
        words.add("failed: " + reason);
    }

    @Override
    public void notRead(IOException failure) {
        words.add(failure.getMessage());
    }

    @Override
    public void notSaved(IOException failure) {
        words.add(failure.getMessage());
    }

    @Override
    public void broken(Throwable failure) {
        if (failure instanceof UncheckedIOException) {
            words.add(failure.getMessage());
        } else {
            job.broken(failure);
            words.add("ended by it");
        }
    }

    @Override
    public void say() {
        job.nothingToStore();
        job.say(words.toString());
    }
}
