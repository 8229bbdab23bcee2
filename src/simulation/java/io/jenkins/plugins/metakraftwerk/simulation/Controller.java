package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MILLI;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.deploy.RunCoordination;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.deploy.OpenRun;
import io.jenkins.plugins.metakraftwerk.deploy.RunThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.util.concurrent.Executor;

/** Jenkins controller: it starts, stops or is killed, and comes back with what was stored. */
final class Controller {

    final World world;
    final WallClock wall;
    final Servers servers;
    final List<SimRun> runs = new ArrayList<>();

    private final Scheduler scheduler;
    private final Chance chance;
    private final SimDisk disk;
    private final RunLauncher launcher;
    private ControllerLife life = new ControllerLife(0, 0);
    private Journal journal;
    private DiskWriter writer;
    private Ledger ledger;
    private Executor work;
    private long stuckUntil;
    private long slowness;
    private Set<SimRun> first = Set.of();
    private final Map<String, Long> missing = new HashMap<>();

    Controller(World world) {
        this.world = world;
        scheduler = world.scheduler;
        chance = world.chance;
        wall = new WallClock(scheduler);
        servers = new Servers(world);
        launcher = new RunLauncher(this);
        disk = new SimDisk(world);
        life.end();
    }

    ControllerLife life() {
        return life;
    }

    boolean isUp() {
        return !life.isOver();
    }

    Executor work() {
        return work;
    }

    void start() {
        life = new ControllerLife(life.number + 1, scheduler.now());
        world.trace.line(() -> "== controller starts, life " + life.number);
        SimTiming timing = new SimTiming(scheduler, chance, wall, life, world.scenario.timerFull());
        work = scheduler.executor(life, this::workDelay);
        writer = new DiskWriter(scheduler.executor(life, this::writeDelay), scheduler);
        journal = new Journal(disk.journal(), writer, timing, world.scenario.journalLines());
        ledger = new Ledger(timing, journal);
        launcher.begin(new RunCoordination(timing, work, scheduler.executor(life, () -> 0), new RunThreads(), ledger));
        goOn();
        scheduler.after(chance.between(0, 20 * SECOND), life, this::account);
        accountLater();
        scheduler.after(Ledger.GOES_ON.toNanos(), life, this::miss);
    }

    private void miss() {
        runs.stream()
                .filter(run -> run.begun && run.running == null && run.outcome == null)
                .forEach(run -> run.missed = true);
    }

    private void accountLater() {
        scheduler.after(Ledger.GOES_ON.toNanos(), life, () -> {
            account();
            if (ledger.mayLack()) {
                accountLater();
            }
        });
    }

    /** Finds the outcome of runs whose builds are over, since nothing continues them. */
    private void account() {
        ledger.look().future().thenRun(this::accountNow);
    }

    private void accountNow() {
        for (OpenRun open : ledger.left()) {
            runs.stream()
                    .filter(run -> run.owner.equals(open.owner()) && (run.isOver() || isGone(run)))
                    .forEach(run -> launcher.account(run, open));
        }
    }

    /**
     * Returns true if its build does not bring it back. A build that comes back without it is over once the runs in its
     * place are over.
     */
    private boolean isGone(SimRun run) {
        return !run.comesBack()
                && (!run.rolledBack
                        || runs.stream()
                                .filter(other -> other != run && other.who.build().equals(run.who.build()))
                                .allMatch(other -> other.isOver() || !other.comesBack()));
    }

    /** Returns true if a shared line cannot be parsed, although only this program has written there. */
    boolean hasDamage() {
        return journal != null
                && journal.trouble() != null
                && !journal.trouble().damaged().isEmpty();
    }

    /** Continues the runs in the order in which their builds are loaded. */
    private void goOn() {
        List<SimRun> all = new ArrayList<>(runs);
        for (int i = all.size() - 1; i > 0 && chance.happens(0.5); i--) {
            Collections.swap(all, i, chance.below(i + 1));
        }
        for (SimRun run : all) {
            long others = first.isEmpty() || first.contains(run) ? 0 : SECOND;
            long loading = chance.happens(0.2) ? chance.between(0, 20 * SECOND) : others;
            scheduler.after(loading + missing(run), life, () -> goOn(run));
        }
        missing.clear();
    }

    /** Returns how long its Pipeline waits before it can be loaded, for example for an agent. */
    private long missing(SimRun run) {
        return missing.computeIfAbsent(
                run.who.build(), build -> chance.happens(0.05) ? chance.between(0, 600 * SECOND) : 0);
    }

    /** Makes the Pipeline of this build wait this long before it is loaded, after the next start. */
    void misses(String build, long nanos) {
        missing.put(build, nanos);
    }

    private void goOn(SimRun run) {
        if (!run.begun) {
            launcher.launch(run);
        } else if (run.comesBack() && !run.isOver()) {
            if (run.enteredIn == null && chance.happens(0.5)) {
                SimRun again = run.again();
                world.trace.line(() -> "== the build of " + run + " is what it was before it; there is " + again + " now");
                add(again);
            } else {
                launcher.resume(run);
            }
        }
    }

    /** Makes these runs continue before all others, after the next start. */
    void loadFirst(SimRun... runs) {
        first = Set.of(runs);
    }

    /**
     * Returns the delay of a task. Threads for tasks that may block are few: while all are stuck, nothing runs there.
     */
    private long workDelay() {
        return Math.max(0, stuckUntil - scheduler.now()) + chance.between(0, 2 * MILLI);
    }

    private long writeDelay() {
        return workDelay() + slowness + (chance.happens(0.1) ? chance.between(0, 3 * SECOND) : 0);
    }

    /** Makes each note take this long to be written. */
    void writeSlowly(long nanos) {
        slowness = nanos;
    }

    /** Makes the disk, or the disk of the logs, hang for a while. */
    void getStuck(long nanos) {
        stuckUntil = Math.max(stuckUntil, scheduler.now() + nanos);
        world.trace.line(() -> "== all work is stuck for " + nanos / MILLI + " ms");
    }

    long stuckUntil() {
        return stuckUntil;
    }

    /** Returns the time from a call of the store until the state is safe. */
    long storeDelay() {
        return Math.max(0, stuckUntil - scheduler.now())
                + (chance.happens(0.2) ? chance.between(0, 2 * SECOND) : chance.between(0, 20 * MILLI));
    }

    /** Returns the time until the audit log has a line, or nobody waits for its disk any more. */
    long auditDelay() {
        return chance.happens(0.02) ? chance.between(0, 5 * SECOND) : chance.between(0, MILLI);
    }

    /** Returns true if the record of a run would still be its own after a crash now. */
    boolean hasClaim(SimRun run) {
        return disk.hasClaim(run, run.outcome.record().record().id());
    }

    Ledger ledger() {
        return ledger;
    }

    /** Returns true if a note of a while ago need not be written yet. */
    boolean isSlowToNote(long nanos) {
        return disk.isInTrouble() || writer.busyFor() >= nanos;
    }

    SimDisk disk() {
        return disk;
    }

    void add(SimRun run) {
        runs.add(run);
        if (isUp()) {
            launcher.launch(run);
        }
    }

    /** Kills the process. What it had begun to store may or may not be stored. */
    void crash() {
        crash(chance.happens(0.5));
    }

    void crash(boolean storesFinish) {
        world.trace.line(() -> "== controller is killed");
        if (chance.happens(world.scenario.powerFails())) {
            world.trace.line(() -> "   and loses its power");
            disk.losePower();
        }
        end(storesFinish);
    }

    /** Stops Jenkins in order: it writes all that waits. */
    void stop() {
        world.trace.line(() -> "== controller stops");
        flush();
        end(true);
    }

    void flush() {
        journal.flush();
        writer.flush();
    }

    private void end(boolean storesFinish) {
        life.end();
        world.places.forget();
        for (SimRun run : List.copyOf(runs)) {
            if (run.entering != null && storesFinish) {
                run.enteredIn = run.entering;
                world.trace.line(() -> "   saved at the end: " + run);
            }
            if (run.outcome != null && storesFinish) {
                launcher.kept(run);
            }
            forget(run);
        }
        stuckUntil = 0;
        slowness = 0;
        if (chance.happens(world.scenario.serversChange())) {
            servers.change();
        }
        // The clock of the machine may be different afterwards.
        if (world.scenario.clockRate() > 0 && chance.happens(0.5)) {
            setClock(ControllerFaults.clockChange(chance));
        }
        scheduler.after(chance.between(SECOND, 60 * SECOND), null, this::start);
    }

    /** Drops all of a run that is not on the disk. */
    private void forget(SimRun run) {
        boolean claimed = disk.hasClaim(run);
        run.claims |= claimed;
        if (run.outcome != null) {
            boolean has = run.outcome.record() != null && run.outcome.record().created();
            run.claimLost |= (has || !run.late.isEmpty()) && !claimed;
            run.noteLost |= run.outcome.isUnknown() && !disk.hasAttempt(run);
        }
        if (run.said != null) {
            run.said.crash();
        }
        // A run notes it before it says so. It does not wait then for runs that come late.
        run.endedUnknown |= disk.saysUnknown(run);
        run.forgetLife(disk.leftOf(run).orElse(initial(run)), disk.hasPlace(run));
    }

    DeploymentState initial(SimRun run) {
        return run.job.fields().initialState(wall.now());
    }

    void setClock(Duration by) {
        world.trace.line(() -> "== wall clock is set by " + by);
        wall.set(by);
    }

    /** Aborts a running run. Returns false if there is none. */
    boolean abortOne() {
        List<SimRun> live = new ArrayList<>();
        for (SimRun run : runs) {
            if (run.isLive() && !run.aborting) {
                live.add(run);
            }
        }
        if (live.isEmpty()) {
            return false;
        }
        launcher.abort(chance.oneOf(live));
        return true;
    }

    RunLauncher launcher() {
        return launcher;
    }
}
