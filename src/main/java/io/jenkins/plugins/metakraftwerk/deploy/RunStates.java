package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Added;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far each run has come: of those that are open, and of those that have ended as long as their Jenkins build may bring
 * them back. At most {@value #MOST} of each.
 */
final class RunStates {

    /** As many runs as may be open at one time. */
    static final int MOST = 10_000;

    /**
     * What is known of a run.
     *
     * @param sent its last sending: the number of that line, and when; 0 for none
     * @param over the line of its end; null where it is open
     * @param here whether it is, or was, in this process
     */
    private record Known(Placed entered, DeploymentState state, long sent, long sentAt, Placed over, boolean here) {

        static Known entered(Placed line, boolean here) {
            LedgerLine entered = line.line();
            return new Known(line, entered.state(), entered.sent(), entered.at(), null, here);
        }

        Known reaches(DeploymentState next) {
            return new Known(entered, next, sent, sentAt, over, here);
        }

        Known sends(LedgerLine line) {
            return new Known(entered, line.state(), line.number(), line.at(), over, here);
        }

        Known ends(Placed line) {
            return new Known(entered, state, sent, sentAt, line, here);
        }

        String run() {
            return entered.line().run();
        }

        Placed line() {
            LedgerLine line = entered.line();
            return new Placed(line.in(state).sent(sent, sentAt), true);
        }
    }

    private final LedgerLines ledger;
    private final Map<String, Known> open = bounded();
    private final Map<String, Known> ended = bounded();

    RunStates(LedgerLines ledger) {
        this.ledger = ledger;
    }

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST;
            }
        };
    }

    /** A run begins, or goes on, with what it is to do and where. Answers the line with which it began. */
    synchronized Placed enter(
            RunIdentity who, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {
        Known before = open.get(who.owner());
        Known now = before == null
                ? Known.entered(
                        ledger.add(LedgerLine.entered(who, server, request, source, state))
                                .placed(),
                        true)
                : new Known(before.entered(), state, before.sent(), before.sentAt(), null, true);
        ended.remove(who.owner());
        open.put(who.owner(), now);
        return now.entered();
    }

    /** A run has come so far; noted once. */
    synchronized void reach(String run, String server, DeploymentState next) {
        Known now = open.get(run);
        if (now != null && next.equals(now.state())) {
            return;
        }
        ledger.add(LedgerLine.reached(run, server, next));
        open.computeIfPresent(run, (owner, known) -> known.reaches(next));
    }

    /** The same, where its next line says so. */
    synchronized Added sending(Added line) {
        open.computeIfPresent(line.line().run(), (owner, known) -> known.sends(line.line()));
        return line;
    }

    /** Whether it has not ended yet. */
    synchronized boolean isOpen(String run) {
        return open.containsKey(run);
    }

    /** How far a run has come; empty where that is not known. */
    synchronized Optional<DeploymentState> stateOf(String run) {
        return known(run).map(Known::state);
    }

    private Optional<Known> known(String run) {
        return Optional.ofNullable(open.get(run)).or(() -> Optional.ofNullable(ended.get(run)));
    }

    /** When a run sent last, if it did, and that it has ended by that line of the ledger. */
    synchronized LedgerSpan span(String run, String id, long last) {
        return known(run)
                .map(known -> new LedgerSpan(id, known.sent(), known.sentAt(), last))
                .orElseGet(() -> new LedgerSpan(id, 0, 0, last));
    }

    /** A run has ended, whether or not its request has. */
    synchronized void over(String run, String server) {
        Known known = open.remove(run);
        if (known == null && !ledger.mayBeLost()) {
            return;
        }
        Placed line = ledger.addLater(LedgerLine.forRun(Kind.OVER, run, server)).placed();
        if (known != null) {
            ended.put(run, known.ends(line));
        }
    }

    /** No run of that Jenkins build comes back any more. */
    synchronized void buildOver(String build) {
        ended.values().removeIf(known -> build.equals(known.entered().line().build()));
    }

    /** The lines with which those began that were open when an earlier process ended, and have not gone on since. */
    synchronized List<LedgerLine> left() {
        return open.values().stream()
                .filter(known -> !known.here())
                .map(known -> known.entered().line())
                .toList();
    }

    synchronized boolean isAnyLeft() {
        return open.values().stream().anyMatch(known -> !known.here());
    }

    synchronized boolean isAnyEnded() {
        return !ended.isEmpty();
    }

    /** The runs that have ended, by the ids of their builds. */
    synchronized Map<String, String> endedByBuild() {
        Map<String, String> builds = new LinkedHashMap<>();
        ended.values().stream()
                .filter(known -> known.entered().line().build() != null)
                .forEach(known -> builds.put(known.entered().line().build(), known.run()));
        return builds;
    }

    /** What this process has noted is newer than what the file tells. */
    synchronized void load(List<Placed> all) {
        List<Known> noted = new ArrayList<>(open.values());
        noted.addAll(ended.values());
        noted.removeIf(known -> !known.here());
        open.clear();
        ended.clear();
        all.forEach(this::apply);
        for (Known known : noted) {
            Known before = Objects.requireNonNullElse(open.remove(known.run()), known);
            Known now = new Known(before.entered(), known.state(), known.sent(), known.sentAt(), known.over(), true);
            (now.over() == null ? open : ended).put(now.run(), now);
        }
    }

    private void apply(Placed placed) {
        LedgerLine line = placed.line();
        String run = line.run();
        switch (line.kind()) {
            case ENTERED -> {
                ended.remove(run);
                open.put(run, Known.entered(placed, placed.own()));
            }
            case REACHED -> open.computeIfPresent(run, (owner, known) -> known.reaches(line.state()));
            case SENDING -> {
                if (line.state() != null) {
                    open.computeIfPresent(run, (owner, known) -> known.sends(line));
                }
            }
            case OVER -> {
                Known known = open.remove(run);
                if (known != null) {
                    ended.put(run, known.ends(placed));
                }
            }
            default -> {}
        }
    }

    synchronized List<Placed> lines() {
        List<Placed> lines = new ArrayList<>();
        open.values().forEach(known -> lines.add(known.line()));
        for (Known known : ended.values()) {
            lines.add(known.line());
            lines.add(known.over());
        }
        return lines;
    }
}
