package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the first request of each open run that the server has refused, perhaps after the work was done. */
final class DoubtedRequests {

    private final LedgerLines ledger;

    /** Ledger lines by run. */
    private final Map<String, Placed> byRun = new LinkedHashMap<>();

    DoubtedRequests(LedgerLines ledger) {
        this.ledger = ledger;
    }

    synchronized void note(UnknownAttempt attempt) {
        if (!byRun.containsKey(attempt.owner())) {
            byRun.put(
                    attempt.owner(),
                    ledger.add(LedgerLine.forAttempt(Kind.DOUBTED, attempt)).placed());
        }
    }

    synchronized Optional<UnknownAttempt> forRun(String run) {
        return Optional.ofNullable(byRun.get(run)).map(placed -> placed.line().attempt());
    }

    /** Forgets the request of a run that has ended. */
    synchronized void over(String run) {
        byRun.remove(run);
    }

    /**
     * Follows a renamed or deleted job.
     *
     * @param now null if the job was deleted
     * @return true if the job has any of the requests
     */
    synchronized boolean follow(String job, String now) {
        boolean any = false;
        String oldName = BoundedText.shorten(job);
        for (Map.Entry<String, Placed> mapEntry : byRun.entrySet()) {
            Placed placed = mapEntry.getValue();
            UnknownAttempt attempt = placed.line().attempt();
            if (oldName.equals(attempt.job())) {
                LedgerLine line =
                        LedgerLine.forAttempt(Kind.DOUBTED, attempt.in(now)).numbered(placed.place());
                mapEntry.setValue(new Placed(line, placed.own()));
                any = true;
            }
        }
        return any;
    }

    synchronized void load(List<Placed> all) {
        Map<String, Placed> noted = new LinkedHashMap<>(byRun);
        noted.values().removeIf(placed -> !placed.own());
        byRun.clear();
        for (Placed placed : all) {
            LedgerLine line = placed.line();
            switch (line.kind()) {
                case DOUBTED -> byRun.putIfAbsent(line.run(), placed);
                case CLAIMED, UNKNOWN, OVER -> byRun.remove(line.run());
                case MOVED -> follow(line.job(), line.now());
                default -> {}
            }
        }
        byRun.putAll(noted);
    }

    synchronized List<Placed> lines() {
        return List.copyOf(byRun.values());
    }
}
