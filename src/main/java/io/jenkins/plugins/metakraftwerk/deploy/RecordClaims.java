package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which run of this controller owns which record, so that of two runs of the same deployment none takes the record of
 * the other for its own.
 */
final class RecordClaims {

    /** As many claims as are remembered; far more than deployments that can be in doubt at once. */
    static final int REMEMBERED = 10_000;

    /** How long a list may be behind what the server has answered; then it is believed, not the memory of its answer. */
    private static final Duration LAG = Duration.ofMinutes(5);

    /** A record that a run got or found a short while ago. */
    record Landed(RequestKey key, BuildDeployment record, Duration at, boolean isFromBefore) {}

    private final Deque<Landed> landed = new ArrayDeque<>();

    /** By record, the line that claims it; the eldest first. */
    private final Map<String, Placed> owners = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Placed> eldest) {
            return size() > REMEMBERED;
        }
    };

    private final LedgerLines ledger;
    private final Timing timing;

    RecordClaims(LedgerLines ledger, Timing timing) {
        this.ledger = ledger;
        this.timing = timing;
    }

    /** What this process has noted is newer than what the file tells. */
    synchronized void load(List<Placed> all) {
        Map<String, Placed> noted = new LinkedHashMap<>(owners);
        noted.values().removeIf(placed -> !placed.own());
        owners.clear();
        all.stream().filter(placed -> placed.line().kind() == Kind.CLAIMED).forEach(this::put);
        landed.removeIf(Landed::isFromBefore);
        lastOnes().forEach(line -> landed.addFirst(new Landed(line.key(), line.record(), timing.uptime(), true)));
        noted.values().forEach(this::put);
    }

    /** A list may still be behind them: nobody knows for how long Jenkins was down, its clock may have been set. */
    private List<LedgerLine> lastOnes() {
        List<LedgerLine> all = owners.values().stream().map(Placed::line).toList();
        return all.stream()
                .filter(line -> Math.abs(line.at() - all.get(all.size() - 1).at()) <= LAG.toMillis())
                .toList();
    }

    /** Takes a record that was found, unless another run has it; the same run may take it again. */
    synchronized boolean claim(RequestKey key, BuildDeployment record, String owner, Duration now) {
        if (isOfAnother(key, record, owner)) {
            return false;
        }
        own(key, record, owner, now);
        return true;
    }

    synchronized boolean isOfAnother(RequestKey key, BuildDeployment record, String owner) {
        Placed before = owners.get(name(key, record));
        return before != null && !before.line().run().equals(owner);
    }

    /** The record that a run owns, the last one; empty where it owns none. */
    synchronized Optional<BuildDeployment> claimedBy(String run) {
        return owners.values().stream()
                .map(Placed::line)
                .filter(line -> line.run().equals(run))
                .reduce((first, last) -> last)
                .map(LedgerLine::record);
    }

    /**
     * Notes the record that the server has answered a run with. What was noted of its id before was of a database that has
     * been restored since.
     */
    synchronized void own(RequestKey key, BuildDeployment record, String owner, Duration now) {
        landed.add(new Landed(key, record, now, false));
        while (landed.size() > REMEMBERED || landed.getFirst().at().plus(LAG).compareTo(now) < 0) {
            landed.removeFirst();
        }
        Placed before = owners.get(name(key, record));
        if (before == null || !before.line().run().equals(owner)) {
            put(ledger.add(LedgerLine.claimed(owner, key, record, timing.now())).placed());
        }
    }

    /** What runs of this process have landed so recently that the server's lists may not have it yet. */
    synchronized List<Landed> recent(Duration now) {
        return landed.stream()
                .filter(one -> one.at().plus(LAG).compareTo(now) >= 0)
                .toList();
    }

    private void put(Placed placed) {
        String name = name(placed.line().key(), placed.line().record());
        // Anew, so that the eldest goes first.
        owners.remove(name);
        owners.put(name, placed);
    }

    synchronized List<Placed> lines() {
        return List.copyOf(owners.values());
    }

    private static String name(RequestKey key, BuildDeployment record) {
        return key.server() + "#" + record.id();
    }
}
