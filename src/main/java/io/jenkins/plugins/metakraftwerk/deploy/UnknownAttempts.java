package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Bounded;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The requests of this controller whose outcome nobody knows, so that one that is made again first looks for what became
 * of the one before. Kept for 30 days, at most {@value #REMEMBERED}. One instance serves all runs.
 */
public final class UnknownAttempts {

    public static final int REMEMBERED = 10_000;

    /** As many runs as may ask at one time. */
    private static final int MOST_SETTLED = 1_000;

    static final Duration KEPT = Duration.ofDays(30);

    /** Afterwards a record is no longer taken for that of an attempt in another build. */
    static final Duration ADOPTED = Duration.ofDays(1);

    /**
     * An attempt with its ends on the clock that nobody sets.
     *
     * @param own whether this process has noted it
     */
    private record Entry(UnknownAttempt attempt, Duration until, Duration adoptUntil, boolean own) {}

    private final Map<String, Entry> byOwner = new LinkedHashMap<>();

    /** Those that are settled while others still ask about them: where their builds are now. */
    private final Map<String, UnknownAttempt> settled = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UnknownAttempt> eldest) {
            return size() > MOST_SETTLED;
        }
    };

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
            return AttemptLine.read(line).isPresent();
        }

        @Override
        public Optional<String> serverOf(String line) {
            return AttemptLine.serverOf(line);
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

    /** What this process has noted, or what became of it, is newer than what the file tells. */
    private synchronized void load(List<String> lines, List<String> waiting) {
        Map<String, Entry> noted = new LinkedHashMap<>(byOwner);
        byOwner.clear();
        Stream.concat(lines.stream(), waiting.stream())
                .flatMap(line -> AttemptLine.read(line).stream())
                .forEach(this::apply);
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

    /** Answers whether it has changed anything. */
    private boolean apply(AttemptLine line) {
        if (line.attempt() != null) {
            put(line.attempt(), false);
            return true;
        }
        return line.settled() == null ? follow(line.job(), line.now()) : forget(line.settled());
    }

    private boolean forget(String run) {
        byOwner.values().stream()
                .map(Entry::attempt)
                .filter(attempt -> attempt.isOf(run))
                .forEach(attempt -> settled.put(attempt.owner(), attempt));
        return byOwner.values().removeIf(entry -> entry.attempt().isOf(run));
    }

    /** Notes an attempt; completes when it would survive a crash. */
    CompletableFuture<Void> note(RequestKey key, RunIdentity who, long baseline) {
        return note(key, who, baseline, who.owner());
    }

    /** Notes that a run ended unknown without a request of its own, because the one that it waited for did. */
    CompletableFuture<Void> follow(UnknownAttempt attempt, RunIdentity who) {
        return note(attempt.key(), who, attempt.baseline(), attempt.sender());
    }

    private synchronized CompletableFuture<Void> note(RequestKey key, RunIdentity who, long baseline, String sender) {
        long now = timing.now().toEpochMilli();
        // Within the lock, so that no rename comes between.
        Place place = who.where().get();
        UnknownAttempt attempt = new UnknownAttempt(
                key,
                who.owner(),
                sender,
                who.build(),
                place.job(),
                place.number(),
                place.buildName(),
                baseline,
                now + KEPT.toMillis(),
                now + ADOPTED.toMillis());
        put(attempt, true);
        return append(AttemptLine.of(attempt));
    }

    /** The attempts of a request, the eldest first. */
    synchronized List<UnknownAttempt> of(RequestKey key, String exceptOwner) {
        Duration now = timing.uptime();
        byOwner.values().removeIf(entry -> entry.until().compareTo(now) <= 0);
        return byOwner.values().stream()
                .map(Entry::attempt)
                .filter(attempt -> attempt.key().equals(key) && !attempt.owner().equals(exceptOwner))
                .toList();
    }

    /** Whether another build may take the record of this attempt. */
    synchronized boolean isAdoptable(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.adoptUntil().compareTo(timing.uptime()) > 0;
    }

    /** Whether this process has noted it, and not one before. */
    synchronized boolean isOwn(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.own();
    }

    /** It is known what became of the request of a run, or does not matter any more. */
    synchronized CompletableFuture<Void> settle(String run) {
        return follow(AttemptLine.settled(run));
    }

    /** A job has another name, or is in another folder. */
    public CompletableFuture<Void> moved(String oldJob, String newJob) {
        return follow(AttemptLine.moved(oldJob, newJob));
    }

    /** A job is gone: nobody who reads of its builds here is told any more what it was called. */
    public CompletableFuture<Void> deleted(String job) {
        return follow(AttemptLine.moved(job, null));
    }

    private synchronized CompletableFuture<Void> follow(AttemptLine line) {
        return apply(line) || mayBeLost() ? append(line) : CompletableFuture.completedFuture(null);
    }

    /** Whether there may be something in the file that cannot be read now. */
    private boolean mayBeLost() {
        return journal != null && journal.trouble() != null;
    }

    private boolean follow(String oldJob, String newJob) {
        boolean any = false;
        String before = Bounded.of(oldJob);
        settled.replaceAll((owner, attempt) -> before.equals(attempt.job()) ? attempt.in(newJob) : attempt);
        for (Map.Entry<String, Entry> each : byOwner.entrySet()) {
            Entry entry = each.getValue();
            if (before.equals(entry.attempt().job())) {
                UnknownAttempt attempt = entry.attempt().in(newJob);
                each.setValue(new Entry(attempt, entry.until(), entry.adoptUntil(), entry.own()));
                any = true;
            }
        }
        return any;
    }

    /** Where the build of a run is now; empty where nothing is known of the run, or the job was deleted. */
    public synchronized Optional<Place> place(String owner) {
        return Optional.ofNullable(byOwner.get(owner))
                .map(entry -> entry.attempt().place())
                .filter(place -> place.job() != null);
    }

    /** Where the build of an attempt is now; without any name where its job was deleted. */
    synchronized Place place(UnknownAttempt attempt) {
        Entry now = byOwner.get(attempt.owner());
        return (now == null ? settled.getOrDefault(attempt.owner(), attempt) : now.attempt()).place();
    }

    private void put(UnknownAttempt attempt, boolean own) {
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

    private CompletableFuture<Void> append(AttemptLine line) {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.append(JsonLine.write(line));
    }

    /** Completes when all that was noted so far would survive a loss of power; not while the disk is full. */
    CompletableFuture<Void> kept() {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.kept();
    }

    private synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        byOwner.values().forEach(entry -> lines.add(JsonLine.write(AttemptLine.of(entry.attempt()))));
        return lines;
    }
}
