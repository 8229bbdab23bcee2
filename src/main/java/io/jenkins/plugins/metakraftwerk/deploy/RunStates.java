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
 * States of the runs: of open runs, and of ended runs that their Jenkins build may bring back. At most {@value #MOST}
 * of each.
 */
final class RunStates {

    /** Most runs that are open at one time. */
    static final int MOST = 10_000;

    /**
     * Known facts of a run.
     *
     * @param sent the number of the line of its last sending; 0 if there was none
     * @param sentAt the time of that sending, in milliseconds since 1970
     * @param over the line of its end; null if it is open
     * @param inThisProcess true if it has run in this process
     */
    private record Known(
            Placed entered, DeploymentState state, long sent, long sentAt, Placed over, boolean inThisProcess) {

        static Known entered(Placed line, boolean inThisProcess) {
            LedgerLine entered = line.line();
            return new Known(line, entered.state(), entered.sent(), entered.at(), null, inThisProcess);
        }

        Known reaches(DeploymentState next) {
            return new Known(entered, next, sent, sentAt, over, inThisProcess);
        }

        Known sends(LedgerLine line) {
            return new Known(entered, line.state(), line.number(), line.at(), over, inThisProcess);
        }

        Known ends(Placed line) {
            return new Known(entered, state, sent, sentAt, line, inThisProcess);
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

    /** Notes that a run begins or goes on. Returns the line with which it began. */
    synchronized Placed enter(
            RunIdentity who, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {
        Known earlier = open.get(who.owner());
        Known current = earlier == null
                ? Known.entered(
                        ledger.add(LedgerLine.entered(who, server, request, source, state))
                                .placed(),
                        true)
                : new Known(earlier.entered(), state, earlier.sent(), earlier.sentAt(), null, true);
        ended.remove(who.owner());
        open.put(who.owner(), current);
        return current.entered();
    }

    /** Notes a state of a run; the same state only once. */
    synchronized void reach(String run, String server, DeploymentState next) {
        Known current = open.get(run);
        if (current != null && next.equals(current.state())) {
            return;
        }
        ledger.add(LedgerLine.reached(run, server, next));
        open.computeIfPresent(run, (owner, known) -> known.reaches(next));
    }

    /** Takes the state from a line that was already added. */
    synchronized Added sending(Added line) {
        open.computeIfPresent(line.line().run(), (owner, known) -> known.sends(line.line()));
        return line;
    }

    /** Returns true if the run has begun and not ended. */
    synchronized boolean isOpen(String run) {
        return open.containsKey(run);
    }

    /** Returns the state of a run; empty if it is not known. */
    synchronized Optional<DeploymentState> stateOf(String run) {
        return known(run).map(Known::state);
    }

    private Optional<Known> known(String run) {
        return Optional.ofNullable(open.get(run)).or(() -> Optional.ofNullable(ended.get(run)));
    }

    /**
     * Returns the place of the run's last sending, and of its end at the given line.
     *
     * @param id the id of the ledger
     * @param last the number of the newest line
     */
    synchronized LedgerSpan span(String run, String id, long last) {
        return known(run)
                .map(known -> new LedgerSpan(id, known.sent(), known.sentAt(), last))
                .orElseGet(() -> new LedgerSpan(id, 0, 0, last));
    }

    /** Notes that a run has ended, even if its request is still out. */
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

    /** Forgets the ended runs of a Jenkins build that brings none back. */
    synchronized void buildOver(String build) {
        ended.values().removeIf(known -> build.equals(known.entered().line().build()));
    }

    /** Returns the first lines of runs that were open when an earlier process ended and have not gone on since. */
    synchronized List<LedgerLine> left() {
        return open.values().stream()
                .filter(known -> !known.inThisProcess())
                .map(known -> known.entered().line())
                .toList();
    }

    synchronized boolean isAnyLeft() {
        return open.values().stream().anyMatch(known -> !known.inThisProcess());
    }

    synchronized boolean isAnyEnded() {
        return !ended.isEmpty();
    }

    /** Returns one ended run for each Jenkins build, by the id of the build. */
    synchronized Map<String, String> endedByBuild() {
        Map<String, String> builds = new LinkedHashMap<>();
        ended.values().stream()
                .filter(known -> known.entered().line().build() != null)
                .forEach(known -> builds.put(known.entered().line().build(), known.run()));
        return builds;
    }

    /** Takes over the lines of the file. Notes of this process are newer than the file. */
    synchronized void load(List<Placed> all) {
        List<Known> noted = new ArrayList<>(open.values());
        noted.addAll(ended.values());
        noted.removeIf(known -> !known.inThisProcess());
        open.clear();
        ended.clear();
        all.forEach(this::apply);
        for (Known known : noted) {
            Known earlier = Objects.requireNonNullElse(open.remove(known.run()), known);
            Known current =
                    new Known(earlier.entered(), known.state(), known.sent(), known.sentAt(), known.over(), true);
            (current.over() == null ? open : ended).put(current.run(), current);
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

    synchronized List<Placed> openLines() {
        return open.values().stream().map(Known::line).toList();
    }

    synchronized List<Placed> endedLines() {
        List<Placed> lines = new ArrayList<>();
        for (Known known : ended.values()) {
            lines.add(known.line());
            lines.add(known.over());
        }
        return lines;
    }
}
