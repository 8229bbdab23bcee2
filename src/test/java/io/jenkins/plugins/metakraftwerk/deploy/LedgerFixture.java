package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
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

    UnclaimedRequests flights() {
        return ledger.unclaimedRequests();
    }

    static BuildLocation at(String job) {
        return new BuildLocation(job, 3, job + " #3");
    }

    static RunIdentity who(String run) {
        return new RunIdentity(run, "build of " + run, () -> at("job of " + run));
    }

    UnknownAttempt attempt(RequestKey key, String run) {
        return UnknownAttempt.forRequest(key, null, who(run), 7, timing.now());
    }

    /** Answers what other runs see of it. */
    UnclaimedRequests.UnclaimedRequest takeOff(RequestKey key, String run) {
        flights().takeOff(attempt(key, run), null);
        Set<UnclaimedRequests.UnclaimedRequest> all = flights().others(key, "", false);
        all.removeAll(flights().others(key, run, false));
        return all.iterator().next();
    }

    UnclaimedRequests.UnclaimedRequest takeOff(String run) {
        return takeOff(KEY, run);
    }

    /** What a run waits for that looks for what somebody else has made. */
    Set<UnclaimedRequests.UnclaimedRequest> others(String run) {
        return flights().others(KEY, run, false);
    }

    /** What a run waits for that looks for a record of its own. */
    Set<UnclaimedRequests.UnclaimedRequest> whileItSeeks(String run) {
        return flights().others(KEY, run, true);
    }

    /** The runs that ended unknown. */
    List<String> unknown() {
        return ledger.attempts().forKey(KEY, "").stream()
                .map(UnknownAttempt::owner)
                .toList();
    }

    List<LedgerLine> lines() {
        return disk.text(FILE)
                .lines()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .filter(line -> line.kind() != LedgerLine.Kind.BEGUN)
                .toList();
    }
}
