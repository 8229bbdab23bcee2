package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.watch.PolledBuilds;
import io.jenkins.plugins.metakraftwerk.watch.SharedPolls;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Jenkins with jobs that poll. Its disk outlives it, its queue is saved late, and it can be killed between any two
 * actions.
 */
final class WatchingJenkins {

    /** Thrown when the process is killed. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    final Chance chance;
    final Trace trace;
    final WatchTrouble trouble;
    final WatchedServer server;
    final List<WatchedSimJob> jobs = new ArrayList<>();

    private final Scheduler scheduler;
    private final WallClock wall;

    // State of one life.
    Timing timing;
    SharedPolls<WatchKey> looks;
    Executor work;
    private ControllerLife life;
    private Map<PolledBuilds, List<Build>> lists;
    private int killedIn;
    private int lives;
    private int asked;

    WatchingJenkins(Chance chance, Trace trace, Scheduler scheduler, WatchTrouble trouble, WatchedServer server) {
        this.chance = chance;
        this.trace = trace;
        this.scheduler = scheduler;
        this.trouble = trouble;
        this.server = server;
        wall = new WallClock(scheduler);
    }

    long now() {
        return scheduler.now();
    }

    ControllerLife life() {
        return life;
    }

    int asked() {
        return asked;
    }

    /** Starts with the state on the disk. */
    void start() {
        if (life != null) {
            life.end();
            jobs.forEach(WatchedSimJob::killed);
        }
        ControllerLife now = new ControllerLife(++lives, scheduler.now());
        life = now;
        killedIn = 0;
        timing = new SimTiming(scheduler, chance, wall, now, 0);
        looks = new SharedPolls<>(() -> timing, WatchKey::account);
        lists = new IdentityHashMap<>();
        work = task -> {
            if (trouble.noThread()) {
                throw new RejectedExecutionException();
            }
            scheduler.after(trouble.handover(), now, () -> run(task));
        };
        trace.line(() -> "Jenkins starts");
        jobs.forEach(WatchedSimJob::start);
        later(chance.happens(0.5) ? 0 : chance.between(0, Scheduler.MINUTE), () -> jobs.forEach(WatchedSimJob::loaded));
    }

    /** Runs a task as on a thread, which an Error ends silently. */
    private void run(Runnable task) {
        try {
            task.run();
        } catch (OutOfMemoryError | LinkageError | StackOverflowError e) {
            trace.line(() -> "a thread has ended by " + e);
        }
    }

    /** Plans an action of this process. It ends with the process. */
    void later(long nanos, Runnable what) {
        scheduler.after(nanos, life, what);
    }

    /** @param moments number of actions after which it is killed */
    void killIn(int moments) {
        if (killedIn == 0) {
            killedIn = moments;
        }
    }

    /** Counts one action. */
    void moment() {
        if (killedIn > 0 && --killedIn == 0) {
            // Its actions have no effect while it ends.
            killedIn = 1;
            throw new Killed();
        }
    }

    /** Returns what the server shows now. */
    PolledBuilds list(String filter) {
        asked++;
        List<Build> list = server.list(filter, scheduler.now(), trouble.isCalm());
        trace.line(() -> "look at " + filter + ": " + words(list));
        PolledBuilds look = list.stream().collect(PolledBuilds.collector());
        lists.put(look, list);
        return look;
    }

    List<Build> listOf(PolledBuilds look) {
        return lists.get(look);
    }

    private static String words(List<Build> list) {
        List<String> words = new ArrayList<>();
        for (Build build : list.subList(0, Math.min(50, list.size()))) {
            words.add(build.id() + " " + build.status() + (build.isDeleted() ? " deleted" : ""));
        }
        return words.toString();
    }

    void saveQueue() {
        jobs.forEach(WatchedDisk::saveQueue);
    }

    void maintain() {
        if (trouble.restarts()) {
            trace.line(() -> "restarted");
            saveQueue();
            start();
        }
        jobs.forEach(WatchedSimJob::maintain);
    }
}
