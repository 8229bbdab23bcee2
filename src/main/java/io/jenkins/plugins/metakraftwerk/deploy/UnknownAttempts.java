package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Phase;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Added;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requests of this controller whose outcome nobody knows, so that one that is made again first looks for what became
 * of the one before. Kept for 30 days, at most {@value #REMEMBERED}.
 */
public final class UnknownAttempts {

    public static final int REMEMBERED = 10_000;

    /** As many runs as may ask at one time. */
    private static final int MOST_SETTLED = 1_000;

    /**
     * An attempt with its ends on the clock that nobody sets.
     *
     * @param place of its line
     * @param own whether this process has noted it
     */
    private record Entry(UnknownAttempt attempt, Duration until, Duration adoptUntil, long place, boolean own) {
        Entry with(UnknownAttempt changed) {
            return new Entry(changed, until, adoptUntil, place, own);
        }
    }

    private final Map<String, Entry> byOwner = new LinkedHashMap<>();

    /** By run, those that ended unknown for the sake of its request. */
    private final Map<String, Set<String>> followers = new HashMap<>();

    /** Those that are settled while others still ask about them: where their builds are now. */
    private final Map<String, UnknownAttempt> settled = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UnknownAttempt> eldest) {
            return size() > MOST_SETTLED;
        }
    };

    private final LedgerLines ledger;
    private final Timing timing;

    UnknownAttempts(LedgerLines ledger, Timing timing) {
        this.ledger = ledger;
        this.timing = timing;
    }

    /** What this process has noted, or what became of it, is newer than what the file tells. */
    synchronized void load(List<Placed> all) {
        Map<String, Entry> noted = new LinkedHashMap<>(byOwner);
        noted.values().removeIf(entry -> !entry.own());
        byOwner.clear();
        followers.clear();
        all.forEach(this::apply);
        noted.values().forEach(entry -> {
            byOwner.remove(entry.attempt().owner());
            keep(entry);
        });
    }

    private void apply(Placed placed) {
        LedgerLine line = placed.line();
        switch (line.kind()) {
            case UNKNOWN -> put(line.attempt(), placed.place(), placed.own());
            case SETTLED -> forget(line.run());
            case REACHED -> {
                // A crash may have come between its end and that this settles it.
                if (line.state().phase() == Phase.DONE) {
                    forget(line.run());
                }
            }
            case OVERTAKEN -> overtake(line.run());
            case MOVED -> follow(line.job(), line.now());
            default -> {}
        }
    }

    /** Notes the attempt of a run that cannot go on from its last state; answers what comes when it would survive a crash. */
    Signal note(ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        return note(RequestKey.from(server, request), UnknownAttempt.executor(request), who, last.baseline());
    }

    /** Answers whether anything was known of it. */
    private boolean forget(String run) {
        Set<String> owners = new LinkedHashSet<>(Set.of(run));
        Optional.ofNullable(followers.remove(run)).ifPresent(owners::addAll);
        boolean any = false;
        for (String owner : owners) {
            Entry entry = byOwner.get(owner);
            if (entry != null && entry.attempt().isOf(run)) {
                byOwner.remove(owner);
                settled.put(owner, entry.attempt());
                any = true;
            }
        }
        return any;
    }

    /** Notes an attempt; answers what comes when it would survive a crash. */
    synchronized Signal note(RequestKey key, String executor, RunIdentity who, long baseline) {
        // Within the lock, so that no rename comes between.
        return note(UnknownAttempt.forRequest(key, executor, who, baseline, timing.now()));
    }

    /** Notes that a run ended unknown without a request of its own, because the one that it waited for did. */
    synchronized Signal follow(UnknownAttempt attempt, RunIdentity who) {
        return note(attempt.followedBy(who, timing.now()));
    }

    synchronized Signal note(UnknownAttempt attempt) {
        Added added = ledger.add(LedgerLine.forAttempt(Kind.UNKNOWN, attempt));
        put(attempt, added.place(), true);
        return added.kept();
    }

    /** The attempts of a request, the eldest first. */
    synchronized List<UnknownAttempt> forKey(RequestKey key, String exceptOwner) {
        Duration now = timing.uptime();
        byOwner.values().removeIf(entry -> entry.until().compareTo(now) <= 0);
        return byOwner.values().stream()
                .map(Entry::attempt)
                .filter(attempt -> attempt.key().equals(key) && !attempt.owner().equals(exceptOwner))
                .toList();
    }

    /** What a run has sent itself that ended unknown; empty where it has not, or more is known by now. */
    synchronized Optional<UnknownAttempt> sentBy(String owner) {
        return Optional.ofNullable(byOwner.get(owner))
                .map(Entry::attempt)
                .filter(attempt -> attempt.sender().equals(owner));
    }

    /** Whether another build may take the record of this attempt. */
    synchronized boolean isAdoptable(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.adoptUntil().compareTo(timing.uptime()) > 0;
    }

    /** Where its line stands among all others. */
    synchronized long placeOf(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry == null ? Long.MIN_VALUE : entry.place();
    }

    /** It is known what became of the request of a run, or does not matter any more. */
    synchronized void settle(String run) {
        add(forget(run), LedgerLine.forRun(Kind.SETTLED, run, null));
    }

    /** A request with the same executor has landed: that matters only to the Jenkins build of the attempt any more. */
    synchronized void overtake(UnknownAttempt attempt) {
        add(overtake(attempt.owner()), LedgerLine.forRun(Kind.OVERTAKEN, attempt.owner(), null));
    }

    private boolean overtake(String owner) {
        return byOwner.computeIfPresent(
                        owner, (run, entry) -> entry.with(entry.attempt().overtakenNow()))
                != null;
    }

    /** A job is called otherwise, or is no more. Answers whether that concerns any. */
    synchronized boolean follow(String oldJob, String newJob) {
        boolean any = false;
        String before = BoundedText.shorten(oldJob);
        settled.replaceAll((owner, attempt) -> before.equals(attempt.job()) ? attempt.in(newJob) : attempt);
        for (Map.Entry<String, Entry> each : byOwner.entrySet()) {
            Entry entry = each.getValue();
            if (before.equals(entry.attempt().job())) {
                each.setValue(entry.with(entry.attempt().in(newJob)));
                any = true;
            }
        }
        return any;
    }

    /** Where the build of a run is now; empty where nothing is known of the run, or the job was deleted. */
    public synchronized Optional<BuildLocation> place(String owner) {
        return Optional.ofNullable(byOwner.get(owner))
                .map(entry -> entry.attempt().place())
                .filter(place -> place.job() != null);
    }

    /** Where the build of an attempt is now; without any name where its job was deleted. */
    synchronized BuildLocation place(UnknownAttempt attempt) {
        Entry now = byOwner.get(attempt.owner());
        return (now == null ? settled.getOrDefault(attempt.owner(), attempt) : now.attempt()).place();
    }

    private void put(UnknownAttempt attempt, long place, boolean own) {
        long wall = timing.now().toEpochMilli();
        Duration until = end(attempt.until() - wall, UnknownAttempt.KEPT);
        keep(new Entry(attempt, until, end(attempt.adoptUntil() - wall, UnknownAttempt.ADOPTED), place, own));
    }

    private void keep(Entry entry) {
        String sender = entry.attempt().sender();
        if (!sender.equals(entry.attempt().owner())) {
            followers
                    .computeIfAbsent(sender, run -> new LinkedHashSet<>())
                    .add(entry.attempt().owner());
        }
        byOwner.put(entry.attempt().owner(), entry);
        if (byOwner.size() > REMEMBERED) {
            byOwner.remove(byOwner.keySet().iterator().next());
        }
    }

    /** The time that is left is never more than the whole, whatever the clock was set to meanwhile. */
    private Duration end(long left, Duration whole) {
        return timing.uptime().plusMillis(Math.min(left, whole.toMillis()));
    }

    private void add(boolean any, LedgerLine line) {
        if (any || ledger.mayBeLost()) {
            ledger.add(line);
        }
    }

    synchronized List<Placed> lines() {
        return byOwner.values().stream()
                .map(entry -> new Placed(
                        LedgerLine.forAttempt(Kind.UNKNOWN, entry.attempt()).numbered(entry.place()), true))
                .toList();
    }
}
