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
 * Notes which run of this controller owns which record. So no run takes the record of another run of the same
 * deployment.
 */
final class RecordClaims {

    /** Most claims that are kept, far more than deployments that can be in doubt at once. */
    static final int REMEMBERED = 10_000;

    /**
     * Longest delay of the server's lists after a response. Later, the list is believed and not the note of the
     * response.
     */
    private static final Duration LAG = Duration.ofMinutes(5);

    /**
     * Record that a run got or found within the last minutes.
     *
     * @param at the uptime at that moment
     * @param isFromBefore true if it was taken from the file
     */
    record Landed(RequestKey key, BuildDeployment record, Duration at, boolean isFromBefore) {}

    private final Deque<Landed> landed = new ArrayDeque<>();

    /** Claiming lines by record, the oldest first. */
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

    /** Takes over the lines of the file. Notes of this process are newer than the file. */
    synchronized void load(List<Placed> all) {
        Map<String, Placed> noted = new LinkedHashMap<>(owners);
        noted.values().removeIf(placed -> !placed.own());
        owners.clear();
        all.stream().filter(placed -> placed.line().kind() == Kind.CLAIMED).forEach(this::put);
        landed.removeIf(Landed::isFromBefore);
        lastOnes().forEach(line -> landed.addFirst(new Landed(line.key(), line.record(), timing.uptime(), true)));
        noted.values().forEach(this::put);
    }

    /**
     * Returns the last claims of the file. Lists may still lack them: it is not known how long Jenkins was down, since
     * its clock may have been set.
     */
    private List<LedgerLine> lastOnes() {
        List<LedgerLine> all = owners.values().stream().map(Placed::line).toList();
        return all.stream()
                .filter(line -> Math.abs(line.at() - all.get(all.size() - 1).at()) <= LAG.toMillis())
                .toList();
    }

    /** Claims a record that was found, unless another run owns it. The same run may claim it again. */
    synchronized boolean claim(RequestKey key, BuildDeployment record, String owner, Duration now) {
        if (isOfAnother(key, record, owner)) {
            return false;
        }
        own(key, record, owner, now);
        return true;
    }

    synchronized boolean isOfAnother(RequestKey key, BuildDeployment record, String owner) {
        Placed earlier = owners.get(name(key, record));
        return earlier != null && !earlier.line().run().equals(owner);
    }

    /** Returns the newest record that a run owns; empty if it owns none. */
    synchronized Optional<BuildDeployment> claimedBy(String run) {
        return owners.values().stream()
                .map(Placed::line)
                .filter(line -> line.run().equals(run))
                .reduce((first, last) -> last)
                .map(LedgerLine::record);
    }

    /** Notes that a run owns a record, also if the id belonged to another run: then the database was restored since. */
    synchronized void own(RequestKey key, BuildDeployment record, String owner, Duration now) {
        landed.add(new Landed(key, record, now, false));
        while (landed.size() > REMEMBERED || landed.getFirst().at().plus(LAG).compareTo(now) < 0) {
            landed.removeFirst();
        }
        Placed earlier = owners.get(name(key, record));
        if (earlier == null || !earlier.line().run().equals(owner)) {
            put(ledger.add(LedgerLine.claimed(owner, key, record, timing.now())).placed());
        }
    }

    /** Returns the records that the server's lists may not have yet, since they are so new. */
    synchronized List<Landed> recent(Duration now) {
        return landed.stream()
                .filter(one -> one.at().plus(LAG).compareTo(now) >= 0)
                .toList();
    }

    private void put(Placed placed) {
        String name = name(placed.line().key(), placed.line().record());
        // Removed first, so that the oldest stands first.
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
