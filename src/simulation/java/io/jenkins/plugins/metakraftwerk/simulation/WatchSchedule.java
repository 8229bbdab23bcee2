package io.jenkins.plugins.metakraftwerk.simulation;

import java.util.List;
import java.util.Set;

/** Schedule of triggers that start jobs for each finished build. */
final class WatchSchedule {

    private static final long HOUR = WatchTrouble.HOUR;
    private static final long BUSY = 6 * HOUR;
    private static final long CALM = 3 * HOUR;

    /** End of the pauses of all jobs. */
    private static final long SEEN = BUSY + 2 * HOUR + HOUR / 4;

    private final long seed;
    private final Chance chance;
    private final Trace trace;
    private final Scheduler scheduler;
    private final WatchTrouble trouble;
    private final WatchedServer server;
    private final WatchingJenkins jenkins;

    private WatchSchedule(long seed, boolean traced) {
        this.seed = seed;
        chance = new Chance(seed);
        trace = traced ? Trace.kept() : Trace.none();
        scheduler = new Scheduler(chance);
        trace.clock(scheduler);
        trace.line(() -> new Seed(seed) + ", triggers");
        trouble = new WatchTrouble(chance, scheduler, BUSY);
        // Rare, since each poll has so much to do then.
        boolean many = chance.happens(0.002);
        boolean restored = !many && chance.happens(0.2);
        boolean dated = restored || chance.happens(0.8);
        // A replica that lags behind a restored database would show builds that no longer exist.
        long lag = restored ? 0 : chance.oneOf(0L, 0L, 5 * Scheduler.MINUTE, 20 * Scheduler.MINUTE);
        long latest = restored ? 0 : chance.oneOf(0L, 10 * Scheduler.MINUTE, 40 * Scheduler.MINUTE);
        server = new WatchedServer(chance, dated, latest, lag);
        jenkins = new WatchingJenkins(chance, trace, scheduler, trouble, server);
        plan(many, restored);
    }

    /** Plays the schedule of a seed. */
    static Schedule fromSeed(long seed, boolean traced) {
        return new WatchSchedule(seed, traced).run();
    }

    private void plan(boolean many, boolean restored) {
        long longest = chance.between(Scheduler.MINUTE, 40 * Scheduler.MINUTE);
        if (many) {
            server.hasHad(1_950 + chance.below(200), longest);
        }
        for (int i = 5 + chance.below(15); i > 0; i--) {
            at(chance.between(0, BUSY), () -> server.begin(scheduler.now(), longest));
        }
        if (!many && !restored && chance.happens(0.02)) {
            at(chance.between(0, BUSY), () -> flood(101 + chance.below(250)));
        }
        if (restored) {
            at(chance.between(HOUR, BUSY), () -> {
                trace.line(() -> "the database is restored");
                server.restore(scheduler.now(), chance.between(0, scheduler.now()), longest);
            });
        }
        for (int i = chance.oneOf(1, 1, 2, 2, 3); i > 0; i--) {
            long interval = chance.between(many ? 8 * Scheduler.MINUTE : Scheduler.MINUTE, 12 * Scheduler.MINUTE);
            job(new WatchedSimJob("job " + i, jenkins, interval, filter()));
        }
        at(0, jenkins::start);
        repeat(30 * Scheduler.SECOND, jenkins::maintain);
        repeat(Scheduler.MINUTE, jenkins::saveQueue);
    }

    /** Ends more builds than one poll starts. */
    private void flood(int builds) {
        trace.line(() -> builds + " builds begin");
        for (int i = 0; i < builds; i++) {
            server.begin(scheduler.now(), Scheduler.MINUTE);
        }
    }

    private String filter() {
        return chance.happens(0.6) ? "all" : chance.oneOf(WatchedServer.FILTERS);
    }

    private void job(WatchedSimJob job) {
        jenkins.jobs.add(job);
        job.discards = chance.happens(0.3);
        repeat(job.interval, job::due);
        if (chance.happens(0.25)) {
            meanwhile(some(HOUR), job::disable, job::enable);
        }
        for (int i = chance.oneOf(0, 0, 1, 1, 2); i > 0; i--) {
            meanwhile(some(2 * HOUR), job::remove, () -> job.putBack(chance.happens(0.8) ? job.filter : filter()));
        }
        for (int i = chance.oneOf(0, 0, 0, 1, 3); i > 0; i--) {
            at(chance.between(HOUR, BUSY), () -> job.change(filter()));
        }
        if (chance.happens(0.2)) {
            at(chance.between(HOUR, BUSY), job::cancel);
        }
    }

    /** Ends a build or two while the job is off or about then. Often a poll runs all the time. */
    private void meanwhile(long gap, Runnable off, Runnable on) {
        boolean overtaken = chance.happens(0.4);
        long length = overtaken ? Math.min(gap, chance.between(Scheduler.MINUTE, 3 * Scheduler.MINUTE)) : gap;
        long begin = chance.between(HOUR, BUSY);
        at(begin, off);
        at(begin + length, on);
        if (overtaken) {
            at(begin - 6 * Scheduler.MINUTE, () -> trouble.slow(7 * Scheduler.MINUTE + length));
        }
        for (int i = overtaken ? 1 + chance.below(4) : chance.below(3); i > 0; i--) {
            // A build that the job must not start has often ended right before the job is on again.
            long late = length - chance.between(0, 4 * Scheduler.MINUTE);
            long when = overtaken || chance.happens(0.5) ? late : chance.between(-length, length);
            at(begin + when, () -> server.begin(scheduler.now(), 2 * Scheduler.MINUTE));
        }
    }

    /** Returns a time, often around the minute that matters. */
    private long some(long most) {
        return chance.happens(0.5) ? chance.between(1, 2 * Scheduler.MINUTE) : chance.between(1, most);
    }

    private Schedule run() {
        while (isFine()) {
            try {
                if (trouble.kills()) {
                    jenkins.killIn(1 + chance.below(8));
                }
                if (!scheduler.step()) {
                    break;
                }
            } catch (WatchingJenkins.Killed e) {
                trace.line(() -> "killed");
                jenkins.start();
            }
        }
        if (isFine()) {
            jenkins.jobs.forEach(job -> job.pass(SEEN));
        }
        scheduler.close();
        List<String> violations = jenkins.jobs.stream()
                .flatMap(job -> job.verdict.violations().stream())
                .toList();
        return new Schedule(seed, null, violations, Set.of(), jenkins.asked(), trace.toString());
    }

    private boolean isFine() {
        for (WatchedSimJob job : jenkins.jobs) {
            if (!job.verdict.violations().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void at(long time, Runnable what) {
        scheduler.after(time - scheduler.now(), null, what);
    }

    private void repeat(long pause, Runnable what) {
        scheduler.after(chance.between(pause / 2, pause), null, () -> {
            if (scheduler.now() < BUSY + CALM) {
                try {
                    what.run();
                } finally {
                    repeat(pause, what);
                }
            }
        });
    }
}
