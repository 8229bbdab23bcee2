package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.deploy.BuildsLook;
import io.jenkins.plugins.metakraftwerk.deploy.FinishedBuild;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A schedule of its own kind: a trigger that starts a job for each build that has finished. */
final class Watching {

    static final String URL = "https://mk.example";

    private static final long HOUR = 60 * Scheduler.MINUTE;
    private static final long BUSY = 8 * HOUR;
    private static final long CALM = 3 * HOUR;

    private final long seed;
    private final Chance chance;
    private final Trace trace;
    private final Scheduler scheduler;
    private final WatchedServer server;
    private final WatchingJenkins jenkins;
    private final WatchVerdict verdict;
    private final long interval;
    private final long lag;
    private final double kills;
    private int looks;

    private Watching(long seed, boolean traced) {
        this.seed = seed;
        chance = new Chance(seed);
        trace = traced ? Trace.kept() : Trace.none();
        scheduler = new Scheduler(chance);
        trace.clock(scheduler);
        trace.line(() -> new Seed(seed) + ", a trigger");
        boolean restored = chance.happens(0.2);
        boolean dated = restored || chance.happens(0.8);
        // A replica that lags behind a restored database would show builds that are no more.
        lag = restored ? 0 : chance.of(0L, 0L, 5 * Scheduler.MINUTE, 20 * Scheduler.MINUTE);
        interval = chance.between(Scheduler.MINUTE, 10 * Scheduler.MINUTE);
        kills = chance.of(0.0, 0.02, 0.1, 0.3);
        server = new WatchedServer(
                chance, dated, restored ? 0 : chance.of(0L, 10 * Scheduler.MINUTE, 40 * Scheduler.MINUTE));
        jenkins = new WatchingJenkins(chance, trace, chance.of(0.0, 0.0, 0.02, 0.2));
        verdict = new WatchVerdict();
        plan(restored);
    }

    /** What a seed decides. */
    static Schedule of(long seed, boolean traced) {
        return new Watching(seed, traced).run();
    }

    private void plan(boolean restored) {
        long longest = chance.between(Scheduler.MINUTE, 40 * Scheduler.MINUTE);
        for (int i = 5 + chance.below(15); i > 0; i--) {
            at(chance.between(0, BUSY), () -> server.begin(scheduler.now(), longest));
        }
        if (restored) {
            at(chance.between(HOUR, BUSY), () -> {
                trace.line(() -> "the database is restored");
                long then = chance.between(0, scheduler.now());
                server.restore(scheduler.now(), then, longest);
            });
        }
        boolean switched = chance.happens(0.2);
        if (switched) {
            long off = chance.between(HOUR, BUSY);
            at(off, () -> {
                verdict.off();
                jenkins.disable();
            });
            at(off + chance.between(1, HOUR), jenkins::enable);
        }
        if (chance.happens(0.2)) {
            at(chance.between(HOUR, BUSY), () -> jenkins.cancel(verdict::cancelled));
        }
        at(0, this::life);
        repeat(interval, this::look);
        repeat(30 * Scheduler.SECOND, this::maintain);
        repeat(Scheduler.MINUTE, jenkins::saveQueue);
    }

    private Schedule run() {
        while (verdict.violations().isEmpty() && scheduler.step()) {
            // Each event does one thing.
        }
        if (verdict.violations().isEmpty()) {
            verdict.pass(jenkins.runs());
        }
        return new Schedule(seed, null, verdict.violations(), Set.of(), Set.of(), looks, trace.toString());
    }

    private boolean isCalm() {
        return scheduler.now() > BUSY + HOUR;
    }

    /** Something in this process, which it may not outlive. */
    private void at(long time, Runnable work) {
        scheduler.after(time - scheduler.now(), null, () -> guarded(work));
    }

    private void repeat(long pause, Runnable work) {
        scheduler.after(chance.between(pause / 2, pause), null, () -> {
            if (scheduler.now() < BUSY + CALM) {
                guarded(work);
                repeat(pause, work);
            }
        });
    }

    private void guarded(Runnable work) {
        try {
            if (!isCalm() && chance.happens(kills / 5)) {
                jenkins.killIn(1 + chance.below(8));
            }
            work.run();
        } catch (WatchingJenkins.Killed e) {
            trace.line(() -> "killed");
            life();
        }
    }

    private void life() {
        jenkins.start();
        if (chance.happens(0.5)) {
            guarded(jenkins::loaded);
        } else {
            at(scheduler.now() + chance.between(0, Scheduler.MINUTE), jenkins::loaded);
        }
    }

    private void maintain() {
        if (!isCalm() && chance.happens(kills / 20)) {
            // In good order.
            jenkins.saveQueue();
            life();
        }
        jenkins.maintain();
    }

    private void look() {
        if (jenkins.isDisabled()) {
            try {
                jenkins.switchOff();
            } catch (IOException e) {
                trace.line(e::getMessage);
            }
            return;
        }
        if (!isCalm() && chance.happens(0.1)) {
            trace.line(() -> "the server does not answer");
            return;
        }
        long then = isCalm() ? scheduler.now() : Math.max(0, scheduler.now() - chance.between(0, lag));
        List<Build> list = server.list(then);
        trace.line(() -> "look: " + words(list));
        try {
            jenkins.finished().begin();
            saw(list);
        } catch (IOException e) {
            trace.line(e::getMessage);
        }
    }

    private void saw(List<Build> list) throws IOException {
        looks++;
        int writes = jenkins.writes();
        boolean seen = false;
        try {
            BuildsLook look = list.stream().collect(BuildsLook.collector());
            Instant now = Instant.EPOCH.plusNanos(scheduler.now());
            jenkins.finished().saw(URL, "all", look, now);
            seen = true;
        } finally {
            // Killed after it was written, it counts.
            if (seen || jenkins.writes() > writes) {
                verdict.saw(list);
            }
        }
    }

    private static String words(List<Build> list) {
        List<String> words = new ArrayList<>();
        for (Build build : list) {
            words.add(build.id() + " " + build.status() + (build.isDeleted() ? " deleted" : ""));
        }
        return words.toString();
    }

    /** By which a Jenkins build is known. */
    static String key(FinishedBuild build) {
        return build.id() + " " + build.made();
    }
}
