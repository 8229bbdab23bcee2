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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** Where a line names the server that it is about. */
    private static final Pattern SERVER = Pattern.compile("\"server\":\"(https?://[^\"\\s]+)\"");

    /**
     * An attempt with its ends on the clock that nobody sets.
     *
     * @param own whether this process has noted it
     */
    private record Entry(Attempt attempt, Duration until, Duration adoptUntil, boolean own) {}

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
        journal.open(new Lines());
    }

    private final class Lines implements JournalContent {
        @Override
        public boolean understands(String line) {
            return read(line).isPresent();
        }

        @Override
        public Optional<String> serverOf(String line) {
            Matcher matcher = SERVER.matcher(line);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        @Override
        public void load(List<String> lines, List<String> waiting) {
            UnknownAttempts.this.load(lines, waiting);
        }

        @Override
        public List<String> worthKeeping() {
            return lines();
        }
    }

    private static Optional<Line> read(String text) {
        return JsonLine.read(text, Line.class).filter(UnknownAttempts::isWhole);
    }

    /** What this process has noted, or what became of it, is newer than what the file tells. */
    private synchronized void load(List<String> lines, List<String> waiting) {
        Map<String, Entry> noted = new LinkedHashMap<>(byOwner);
        byOwner.clear();
        Stream.concat(lines.stream(), waiting.stream()).flatMap(line -> read(line).stream()).forEach(this::apply);
        noted.values().forEach(entry -> {
            byOwner.remove(entry.attempt().owner());
            keep(entry);
        });
    }

    /** Why attempts on that server may be lost; empty where none are. Does not block. */
    Optional<Trouble> trouble(String server) {
        return Optional.ofNullable(journal == null ? null : journal.trouble()).filter(found -> found.concerns(server));
    }

    /** Reads what could not be read. Completes when that was tried. */
    CompletableFuture<Void> look() {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.look();
    }

    /** Notes the attempt of a run that cannot go on from its last state; completes when it would survive a crash. */
    public CompletableFuture<Void> note(
            ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        return note(RequestKey.of(server, request), who, last.baseline());
    }

    private void apply(Line line) {
        if (line.attempt() != null) {
            put(line.attempt(), false);
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
        put(attempt, true);
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

    /** Whether this process has noted it, and not one before. */
    synchronized boolean isOwn(Attempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.own();
    }

    /** It is known what became of the request of a run, or does not matter any more. */
    synchronized CompletableFuture<Void> settle(String run) {
        // Also where it may be in the file that cannot be read.
        boolean perhaps = journal != null && journal.trouble() != null;
        return byOwner.values().removeIf(entry -> entry.attempt().isOf(run)) || perhaps
                ? append(new Line(null, run))
                : CompletableFuture.completedFuture(null);
    }

    private void put(Attempt attempt, boolean own) {
        long wall = timing.now().toEpochMilli();
        keep(new Entry(attempt, end(attempt.until() - wall, KEPT), end(attempt.adoptUntil() - wall, ADOPTED), own));
    }

    private void keep(Entry entry) {
        byOwner.put(entry.attempt().owner(), entry);
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
                : journal.append(JsonLine.write(line));
    }

    private synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        byOwner.values().forEach(entry -> lines.add(JsonLine.write(new Line(entry.attempt(), null))));
        return lines;
    }

    private static boolean isWhole(Line line) {
        Attempt attempt = line.attempt();
        return attempt == null
                ? line.settled() != null
                : attempt.key() != null
                        && attempt.key().server() != null
                        && attempt.owner() != null
                        && attempt.sender() != null
                        && attempt.build() != null;
    }
}
