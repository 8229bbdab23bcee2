package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The requests of open runs that the server has refused, but perhaps after the work was done: of each run the first. */
final class DoubtedRequests {

    private final LedgerLines ledger;

    /** By run, the line that says so. */
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

    /** A run has ended, so that nobody asks any more. */
    synchronized void over(String run) {
        byRun.remove(run);
    }

    /** A job is called otherwise, or is no more. Answers whether that concerns any. */
    synchronized boolean follow(String job, String now) {
        boolean any = false;
        String before = BoundedText.shorten(job);
        for (Map.Entry<String, Placed> each : byRun.entrySet()) {
            Placed placed = each.getValue();
            UnknownAttempt attempt = placed.line().attempt();
            if (before.equals(attempt.job())) {
                LedgerLine line =
                        LedgerLine.forAttempt(Kind.DOUBTED, attempt.in(now)).numbered(placed.place());
                each.setValue(new Placed(line, placed.own()));
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
