package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A ledger, and what outlives its process. */
final class LedgerFixture {

    static final Path FILE = Path.of("ledger");
    static final RequestKey KEY = key(5139);

    final VirtualTiming timing = new VirtualTiming();
    final MemoryDisk disk = new MemoryDisk();
    private Ledger ledger;

    LedgerFixture() {
        restart();
    }

    static RequestKey key(long build) {
        return new RequestKey("https://a", build, "P", null, "D", null);
    }

    void restart() {
        timing.forget();
        ledger = new Ledger(timing, new Journal(new JournalFile(disk, FILE), Runnable::run, timing, 100));
    }

    Ledger ledger() {
        return ledger;
    }

    Flights flights() {
        return ledger.flights();
    }

    static Place at(String job) {
        return new Place(job, 3, job + " #3");
    }

    static RunIdentity who(String run) {
        return new RunIdentity(run, "build of " + run, () -> at("job of " + run));
    }

    UnknownAttempt attempt(RequestKey key, String run) {
        return UnknownAttempt.of(key, null, who(run), 7, timing.now());
    }

    /** Answers what other runs see of it. */
    Flights.Flight takeOff(RequestKey key, String run) {
        flights().takeOff(attempt(key, run), null);
        Set<Flights.Flight> all = flights().others(key, "", false);
        all.removeAll(flights().others(key, run, false));
        return all.iterator().next();
    }

    Flights.Flight takeOff(String run) {
        return takeOff(KEY, run);
    }

    /** What a run waits for that looks for what somebody else has made. */
    Set<Flights.Flight> others(String run) {
        return flights().others(KEY, run, false);
    }

    /** What a run waits for that looks for a record of its own. */
    Set<Flights.Flight> whileItSeeks(String run) {
        return flights().others(KEY, run, true);
    }

    /** The runs that ended unknown. */
    List<String> unknown() {
        return ledger.attempts().of(KEY, "").stream().map(UnknownAttempt::owner).toList();
    }

    List<LedgerLine> lines() {
        return disk.text(FILE)
                .lines()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .filter(line -> line.kind() != LedgerLine.Kind.BEGUN)
                .toList();
    }
}
