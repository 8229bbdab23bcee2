package io.jenkins.plugins.metakraftwerk.watch;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.OwnedVirtualThreads;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A job with a trigger, in the hands of a test. */
final class WatchingTestJob extends TestDisk implements WatchingJob<String>, Executor, AutoCloseable {

    static final Duration LONGEST = Duration.ofMinutes(12);

    final VirtualTiming timing = new VirtualTiming();

    /** Of this job alone, so that all that it does is done when a test goes on. */
    private final OwnedVirtualThreads threads = OwnedVirtualThreads.begin();

    final SharedPolls<String> looks = new SharedPolls<>(() -> timing, key -> "account");
    BuildWatcher<String> watcher = newLife();

    boolean on = true;
    String filter = "all";

    /** What the server shows; null while it does not answer. */
    List<Build> list = List.of();

    final List<CompletableFuture<PolledBuilds>> asked = new ArrayList<>();

    /** Where all threads hang, what waits for one; null where they do not. */
    List<Runnable> stuck;

    boolean refuses;

    /** What happens while somebody sees to the job. */
    Runnable meanwhile = () -> {};

    /** As after a restart, or the same job as another object. */
    BuildWatcher<String> newLife() {
        return new BuildWatcher<>(this, new FinishedBuildTracker(this, this), looks, () -> timing, this);
    }

    void shows(long... finished) {
        list = Arrays.stream(finished).mapToObj(id -> build(id, "FINISHED")).toList();
    }

    static Build build(long id, String status) {
        return new Build(
                id, 3L, 100.0, status, null, "B" + id, false, null, 5L, null, null, null, null, "created " + id);
    }

    PolledBuilds seen() {
        return list.stream().collect(PolledBuilds.collector());
    }

    /** The schedule is due, ten minutes after whatever was before. */
    void due() {
        timing.advance(Duration.ofMinutes(10));
        watcher.look();
    }

    @Override
    public void execute(Runnable task) {
        if (refuses) {
            throw new RejectedExecutionException();
        }
        if (stuck == null) {
            task.run();
            settle();
        } else {
            stuck.add(task);
        }
    }

    void letGo() {
        List<Runnable> tasks = stuck;
        stuck = null;
        tasks.forEach(Runnable::run);
        settle();
    }

    /** Lets the virtual threads do what they can. */
    void settle() {
        if (!Thread.currentThread().isVirtual()) {
            threads.run();
        }
    }

    @Override
    public void close() {
        threads.close();
    }

    /** The server answers the second who has asked. */
    void answer(PolledBuilds look) {
        asked.get(1).complete(look);
        settle();
    }

    @Override
    public boolean hasTrigger() {
        return trigger;
    }

    @Override
    public Trigger<String> trigger() {
        if (!trigger) {
            return new Trigger.None<>();
        }
        return on ? new Trigger.On<>(new TestLook()) : new Trigger.Off<>();
    }

    @Override
    public void emptyQueue() {
        queue.clear();
    }

    @Override
    public void begun() {
        hit(At.BEGUN);
        meanwhile.run();
    }

    @Override
    public void switchedOff() {
        said.add("off");
    }

    @Override
    public void lostTrigger() {
        said.add("removed");
    }

    @Override
    public void lossNotSaved(IOException failure) {
        said.add("removal not saved");
    }

    @Override
    public void notRead(IOException failure) {
        said.add("not read");
    }

    @Override
    public void notSaved(IOException failure) {
        said.add("not saved");
    }

    @Override
    public void startNotSaved(FinishedBuild build, IOException failure) {
        said.add("start not saved");
    }

    @Override
    public void cancelled(FinishedBuild build) {
        said.add("cancelled " + build.id());
    }

    @Override
    public void broughtBack(FinishedBuild build) {
        said.add("brought back " + build.id());
    }

    @Override
    public void broken(Throwable failure) {
        said.add("broken " + failure.getClass().getSimpleName());
    }

    @Override
    public void notDone(Throwable failure) {
        said.add("not done");
    }

    private final class TestLook implements JobPoll<String> {

        private final String looksFor = filter;
        private final List<String> lines = new ArrayList<>();

        @Override
        public PollTarget<String> aim() {
            hit(At.FIND);
            return new PollTarget<>("account " + looksFor, URL, looksFor, Duration.ofMinutes(10));
        }

        @Override
        public Duration longest() {
            return LONGEST;
        }

        @Override
        public PolledBuilds ask(PollTarget<String> aim) throws MetaKraftwerkException, InterruptedException {
            hit(At.ASK);
            CompletableFuture<PolledBuilds> answer = new CompletableFuture<>();
            asked.add(answer);
            hit(At.ANSWER);
            if (list != null) {
                answer.complete(seen());
            }
            return VirtualThreadWaits.await(answer);
        }

        @Override
        public boolean counts(SharedPolls.Poll seen) {
            return trigger && on && looksFor.equals(filter);
        }

        @Override
        public void saw(FinishedBuildTracker.Outcome outcome) {
            hit(At.WORDS);
            lines.add(outcome.first() ? "first" : "saw");
            outcome.queued().forEach(build -> lines.add("queued " + build.id()));
        }

        @Override
        public void changed() {
            lines.add("changed");
        }

        @Override
        public void paused(Duration left) {
            lines.add("paused");
        }

        @Override
        public void lost(Duration longest) {
            lines.add("lost");
        }

        @Override
        public void late(int times) {
            lines.add("late " + times);
        }

        @Override
        public void failed(String reason) {
            lines.add("failed");
        }

        @Override
        public void notRead(IOException failure) {
            lines.add("not read");
        }

        @Override
        public void notSaved(IOException failure) {
            lines.add("not saved");
        }

        @Override
        public void broken(Throwable failure) {
            lines.add("broken " + failure.getClass().getSimpleName());
        }

        @Override
        public void say() {
            if (lines.isEmpty()) {
                throw new AssertionError("It says nothing");
            }
            said.addAll(lines);
        }
    }
}
