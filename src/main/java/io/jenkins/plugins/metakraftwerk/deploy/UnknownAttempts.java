package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The requests of this controller whose outcome nobody knows, so that one that is made again first looks for what became
 * of the one before. Kept for 30 days, at most {@value #REMEMBERED}. One instance serves all runs.
 */
public final class UnknownAttempts {

    public static final int REMEMBERED = 10_000;

    static final Duration KEPT = Duration.ofDays(30);

    /** Afterwards a record is no longer taken for that of an attempt in another build. */
    static final Duration ADOPTED = Duration.ofDays(1);

    /**
     * A request that ended unknown.
     *
     * @param owner the run that ended so
     * @param sender the run that sent it: mostly the owner, else the one that the owner waited for
     * @param build the Jenkins build of that run, and {@code buildName} what people call it
     * @param baseline the highest id of the same deployment before it was sent
     * @param until when it is forgotten, in milliseconds since 1970
     * @param adoptUntil as {@code until}: when another build no longer takes its record
     */
    record Attempt(
            RequestKey key,
            String owner,
            String sender,
            String build,
            String buildName,
            long baseline,
            long until,
            long adoptUntil) {

        private boolean isOf(String run) {
            return owner.equals(run) || sender.equals(run);
        }
    }

    /** A line of the journal: an attempt, or the run whose request is asked for no more. */
    private record Line(Attempt attempt, String settled) {}

    /** An attempt with its ends on the clock that nobody sets. */
    private record Entry(Attempt attempt, Duration until, Duration adoptUntil) {}

    private final Map<String, Entry> byOwner = new LinkedHashMap<>();
    private final Timing timing;
    private final Journal journal;

    /** Attempts that are forgotten with the process. */
    public UnknownAttempts(Timing timing) {
        this.timing = timing;
        journal = null;
    }

    public UnknownAttempts(Timing timing, Journal journal) {
        this.timing = timing;
        this.journal = journal;
        for (String text : journal.read()) {
            JsonLine.read(text, Line.class).filter(UnknownAttempts::isWhole).ifPresent(this::apply);
        }
    }

    /** Notes the attempt of a run that cannot go on from its last state; completes when it would survive a crash. */
    public CompletableFuture<Void> note(
            ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        return note(RequestKey.of(server, request), who, last.baseline());
    }

    private void apply(Line line) {
        if (line.attempt() != null) {
            put(line.attempt());
        } else if (line.settled() != null) {
            byOwner.values().removeIf(entry -> entry.attempt().isOf(line.settled()));
        }
    }

    /** Notes an attempt; completes when it would survive a crash. */
    CompletableFuture<Void> note(RequestKey key, RunIdentity who, long baseline) {
        return note(key, who, baseline, who.owner());
    }

    /** Notes that a run ended unknown without a request of its own, because the one that it waited for did. */
    CompletableFuture<Void> follow(Attempt attempt, RunIdentity who) {
        return note(attempt.key(), who, attempt.baseline(), attempt.sender());
    }

    private synchronized CompletableFuture<Void> note(RequestKey key, RunIdentity who, long baseline, String sender) {
        long now = timing.now().toEpochMilli();
        Attempt attempt = new Attempt(
                key,
                who.owner(),
                sender,
                who.build(),
                who.buildName(),
                baseline,
                now + KEPT.toMillis(),
                now + ADOPTED.toMillis());
        put(attempt);
        return append(new Line(attempt, null));
    }

    /** The attempts of a request, the eldest first. */
    synchronized List<Attempt> of(RequestKey key, String exceptOwner) {
        Duration now = timing.uptime();
        byOwner.values().removeIf(entry -> entry.until().compareTo(now) <= 0);
        return byOwner.values().stream()
                .map(Entry::attempt)
                .filter(attempt -> attempt.key().equals(key) && !attempt.owner().equals(exceptOwner))
                .toList();
    }

    /** Whether another build may take the record of this attempt. */
    synchronized boolean isAdoptable(Attempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.adoptUntil().compareTo(timing.uptime()) > 0;
    }

    /** It is known what became of the request of a run, or does not matter any more. */
    synchronized CompletableFuture<Void> settle(String run) {
        return byOwner.values().removeIf(entry -> entry.attempt().isOf(run))
                ? append(new Line(null, run))
                : CompletableFuture.completedFuture(null);
    }

    private void put(Attempt attempt) {
        long wall = timing.now().toEpochMilli();
        byOwner.put(
                attempt.owner(),
                new Entry(attempt, end(attempt.until() - wall, KEPT), end(attempt.adoptUntil() - wall, ADOPTED)));
        if (byOwner.size() > REMEMBERED) {
            byOwner.remove(byOwner.keySet().iterator().next());
        }
    }

    /** The time that is left is never more than the whole, whatever the clock was set to meanwhile. */
    private Duration end(long left, Duration whole) {
        return timing.uptime().plusMillis(Math.min(left, whole.toMillis()));
    }

    private CompletableFuture<Void> append(Line line) {
        return journal == null
                ? CompletableFuture.completedFuture(null)
                : journal.append(JsonLine.write(line), this::lines);
    }

    private synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        byOwner.values().forEach(entry -> lines.add(JsonLine.write(new Line(entry.attempt(), null))));
        return lines;
    }

    private static boolean isWhole(Line line) {
        Attempt attempt = line.attempt();
        return attempt == null
                || (attempt.key() != null
                        && attempt.owner() != null
                        && attempt.sender() != null
                        && attempt.build() != null);
    }
}
