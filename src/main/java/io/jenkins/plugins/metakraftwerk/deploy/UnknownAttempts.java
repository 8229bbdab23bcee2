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
 * Keeps the requests of this controller with an unknown outcome. A run that makes the same request again first looks
 * for the outcome of the earlier one. Kept for 30 days, at most {@value #REMEMBERED}.
 */
public final class UnknownAttempts {

    public static final int REMEMBERED = 10_000;

    /** Most settled attempts that are kept, as many as runs may ask about at one time. */
    private static final int MOST_SETTLED = 1_000;

    /**
     * Attempt with its ends as uptime, which nobody can set.
     *
     * @param place the number of its line
     * @param own true if this process has noted it
     */
    private record Entry(UnknownAttempt attempt, Duration until, Duration adoptUntil, long place, boolean own) {
        Entry with(UnknownAttempt changed) {
            return new Entry(changed, until, adoptUntil, place, own);
        }
    }

    private final Map<String, Entry> byOwner = new LinkedHashMap<>();

    /** Runs that ended unknown because of another run's request, by that other run. */
    private final Map<String, Set<String>> followers = new HashMap<>();

    /** Settled attempts that other runs may still ask about: they tell where their Jenkins builds are now. */
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

    /** Takes over the lines of the file. Notes of this process are newer than the file. */
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
                // The run has ended, and a crash may have come before the line that settles it.
                if (line.state().phase() == Phase.DONE) {
                    forget(line.run());
                }
            }
            case OVERTAKEN -> overtake(line.run());
            case MOVED -> follow(line.job(), line.now());
            default -> {}
        }
    }

    /**
     * Notes the attempt of a run that cannot go on from its last state. The signal comes when the note would survive a
     * crash.
     */
    Signal note(ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        return note(RequestKey.from(server, request), UnknownAttempt.executor(request), who, last.baseline());
    }

    /** Returns true if the attempt was known. */
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

    /** Notes an attempt. The signal comes when the note would survive a crash. */
    synchronized Signal note(RequestKey key, String executor, RunIdentity who, long baseline) {
        // Created under the lock, so that no renaming comes between.
        return note(UnknownAttempt.forRequest(key, executor, who, baseline, timing.now()));
    }

    /** Notes that a run ended unknown without a request of its own, because the run that it waited for did. */
    synchronized Signal follow(UnknownAttempt attempt, RunIdentity who) {
        return note(attempt.followedBy(who, timing.now()));
    }

    synchronized Signal note(UnknownAttempt attempt) {
        Added added = ledger.add(LedgerLine.forAttempt(Kind.UNKNOWN, attempt));
        put(attempt, added.place(), true);
        return added.kept();
    }

    /** Returns the attempts of a request, the oldest first. */
    synchronized List<UnknownAttempt> forKey(RequestKey key, String exceptOwner) {
        Duration now = timing.uptime();
        byOwner.values().removeIf(entry -> entry.until().compareTo(now) <= 0);
        return byOwner.values().stream()
                .map(Entry::attempt)
                .filter(attempt -> attempt.key().equals(key) && !attempt.owner().equals(exceptOwner))
                .toList();
    }

    /**
     * Returns the request of a run that ended unknown; empty if the run has sent none, or if its outcome is known by
     * now.
     */
    synchronized Optional<UnknownAttempt> sentBy(String owner) {
        return Optional.ofNullable(byOwner.get(owner))
                .map(Entry::attempt)
                .filter(attempt -> attempt.sender().equals(owner));
    }

    /** Returns true if another Jenkins build may take the record of this attempt. */
    synchronized boolean isAdoptable(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry != null && entry.adoptUntil().compareTo(timing.uptime()) > 0;
    }

    /** Returns the number of its line; {@link Long#MIN_VALUE} if it is not kept. */
    synchronized long placeOf(UnknownAttempt attempt) {
        Entry entry = byOwner.get(attempt.owner());
        return entry == null ? Long.MIN_VALUE : entry.place();
    }

    /** Settles the attempt of a run: its outcome is known, or does not matter any more. */
    synchronized void settle(String run) {
        add(forget(run), LedgerLine.forRun(Kind.SETTLED, run, null));
    }

    /**
     * Notes that a request with the same executor has landed. The attempt matters only to its own Jenkins build from
     * now on.
     */
    synchronized void overtake(UnknownAttempt attempt) {
        add(overtake(attempt.owner()), LedgerLine.forRun(Kind.OVERTAKEN, attempt.owner(), null));
    }

    private boolean overtake(String owner) {
        return byOwner.computeIfPresent(
                        owner, (run, entry) -> entry.with(entry.attempt().overtakenNow()))
                != null;
    }

    /** Follows a job to its new name, null if it was deleted. Returns true if it has any attempt. */
    synchronized boolean follow(String oldJob, String newJob) {
        boolean any = false;
        String oldName = BoundedText.shorten(oldJob);
        settled.replaceAll((owner, attempt) -> oldName.equals(attempt.job()) ? attempt.in(newJob) : attempt);
        for (Map.Entry<String, Entry> mapEntry : byOwner.entrySet()) {
            Entry entry = mapEntry.getValue();
            if (oldName.equals(entry.attempt().job())) {
                mapEntry.setValue(entry.with(entry.attempt().in(newJob)));
                any = true;
            }
        }
        return any;
    }

    /** Returns the present location of a run's Jenkins build; empty if the run is not known or its job was deleted. */
    public synchronized Optional<BuildLocation> place(String owner) {
        return Optional.ofNullable(byOwner.get(owner))
                .map(entry -> entry.attempt().place())
                .filter(place -> place.job() != null);
    }

    /** Returns the present location of an attempt's Jenkins build, without any name if its job was deleted. */
    synchronized BuildLocation place(UnknownAttempt attempt) {
        Entry present = byOwner.get(attempt.owner());
        return (present == null ? settled.getOrDefault(attempt.owner(), attempt) : present.attempt()).place();
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

    /** Converts a time that is left to uptime. It is never more than the whole, even if the clock was set. */
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
