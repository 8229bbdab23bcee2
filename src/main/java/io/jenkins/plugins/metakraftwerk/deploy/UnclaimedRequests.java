package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Added;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keeps the requests that may have brought a record which no run has claimed yet. They are on their way, had no clear
 * response, or were left by an earlier process.
 */
final class UnclaimedRequests {

    /** Most runs of this process that are kept, as many as may run until the file is read. */
    private static final int MOST_HERE = 10_000;

    /** Stage of a request. */
    private enum Stage {
        /** The request is about to be sent, or on its way. */
        OUT,
        /** No response will come, and the run looks for the record. */
        SOUGHT,
        /** An earlier process ended in one of the other stages, and the run has not gone on yet. */
        LEFT
    }

    static final class UnclaimedRequest {
        /** Number of its line. Guarded by the {@link UnclaimedRequests}, as are the next two. */
        private long place;

        private UnknownAttempt attempt;

        private Stage stage;

        /** True if it may have been sent before this process began. */
        private final boolean isFromBefore;

        private UnclaimedRequest(UnknownAttempt attempt, long place, Stage stage) {
            this.attempt = attempt;
            this.place = place;
            this.stage = stage;
            isFromBefore = stage != Stage.OUT;
        }
    }

    private final LedgerLines ledger;
    private final Map<String, UnclaimedRequest> byOwner = new LinkedHashMap<>();

    /** Runs that have run in this process. Their notes are newer than the file. */
    private final Map<String, Boolean> ownRuns = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_HERE;
        }
    };

    /** Line numbers of ended requests, by run. A run may come back to a request that ended unknown. */
    private final Map<String, Long> endedPlaces = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > UnknownAttempts.REMEMBERED;
        }
    };

    UnclaimedRequests(LedgerLines ledger) {
        this.ledger = ledger;
    }

    /** Notes that a request is about to be sent. It must not go out before the note would survive a loss of power. */
    synchronized Added takeOff(UnknownAttempt attempt, DeploymentState state) {
        Added added = ledger.add(LedgerLine.sending(attempt, state, ledger.now()));
        byOwner.put(attempt.owner(), new UnclaimedRequest(attempt, added.place(), Stage.OUT));
        ownRuns.put(attempt.owner(), true);
        return added;
    }

    /**
     * Notes that a run goes on and looks for its record. Its request was left by an earlier process, also if no note
     * tells so.
     */
    synchronized void goOn(UnknownAttempt attempt) {
        String owner = attempt.owner();
        if (!byOwner.containsKey(owner)) {
            Added added = ledger.add(LedgerLine.forAttempt(Kind.SENDING, attempt));
            byOwner.put(
                    owner, new UnclaimedRequest(attempt, endedPlaces.getOrDefault(owner, added.place()), Stage.SOUGHT));
        }
        byOwner.get(owner).stage = Stage.SOUGHT;
        ownRuns.put(owner, true);
    }

    /** Notes that no response will come and that the run looks for its record. */
    synchronized void seek(String owner) {
        UnclaimedRequest request = byOwner.get(owner);
        if (request != null) {
            request.stage = Stage.SOUGHT;
        }
    }

    /** Notes that the outcome of a request is known, or will never be known. The run claims its record before. */
    synchronized void land(String owner) {
        UnclaimedRequest request = byOwner.remove(owner);
        if (request != null) {
            endedPlaces.put(owner, request.place);
        }
        ownRuns.put(owner, true);
        if (request != null || ledger.mayBeLost()) {
            String server = request == null ? null : request.attempt.key().server();
            ledger.add(LedgerLine.forRun(Kind.LANDED, owner, server));
        }
    }

    /**
     * Returns the requests of other runs that may own a record.
     *
     * @param own true if the run looks for a record of its own: of two such runs, the one that sent later waits
     */
    synchronized Set<UnclaimedRequest> others(RequestKey key, String owner, boolean own) {
        UnclaimedRequest ownRequest = own ? byOwner.get(owner) : null;
        Set<UnclaimedRequest> others = new LinkedHashSet<>();
        for (UnclaimedRequest request : byOwner.values()) {
            boolean waits =
                    !own || request.stage != Stage.SOUGHT || (ownRequest != null && request.place < ownRequest.place);
            if (waits
                    && !request.attempt.owner().equals(owner)
                    && request.attempt.key().mayBringThatOf(key)) {
                others.add(request);
            }
        }
        return others;
    }

    /**
     * Returns true if a run still looks for the outcome of a request that may have brought such a record before a
     * restart.
     */
    synchronized boolean areSoughtSinceTheStart(RequestKey key, String owner) {
        return byOwner.values().stream()
                .anyMatch(request -> request.isFromBefore
                        && !request.attempt.owner().equals(owner)
                        && request.attempt.key().mayBringThatOf(key));
    }

    /** Returns true if another run may still find out that a record is its own. */
    synchronized boolean mayBeOfAnother(RequestKey key, long record, String owner) {
        return byOwner.values().stream()
                .map(request -> request.attempt)
                .anyMatch(attempt -> !attempt.owner().equals(owner)
                        && attempt.key().mayBringThatOf(key)
                        && !attempt.isFromBefore(record));
    }

    /** Returns true if the outcome of the run's request may still be found out. */
    synchronized boolean has(String owner) {
        return byOwner.containsKey(owner);
    }

    /** Returns the runs that have not gone on after a restart yet. */
    synchronized Set<String> leftBy() {
        Set<String> owners = new LinkedHashSet<>();
        byOwner.forEach((owner, request) -> {
            if (request.stage == Stage.LEFT) {
                owners.add(owner);
            }
        });
        return owners;
    }

    /**
     * Gives up the requests that no run goes on with.
     *
     * @param unknown is told of each before any run may take its record
     */
    synchronized void giveUpLeft(Consumer<UnknownAttempt> unknown) {
        for (String owner : leftBy()) {
            unknown.accept(byOwner.get(owner).attempt);
            land(owner);
        }
    }

    /** Returns the request that a run has left at a restart; empty if it has left none. */
    synchronized Optional<UnknownAttempt> leftOf(String owner) {
        UnclaimedRequest request = byOwner.get(owner);
        return request != null && request.stage == Stage.LEFT ? Optional.of(request.attempt) : Optional.empty();
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
        for (UnclaimedRequest request : byOwner.values()) {
            if (oldName.equals(request.attempt.job())) {
                request.attempt = request.attempt.in(now);
                any = true;
            }
        }
        return any;
    }

    synchronized void load(List<Placed> all) {
        Map<String, UnclaimedRequest> noted = new LinkedHashMap<>(byOwner);
        noted.values().removeIf(request -> request.stage == Stage.LEFT);
        byOwner.clear();
        for (Placed placed : all) {
            LedgerLine line = placed.line();
            switch (line.kind()) {
                case SENDING ->
                    byOwner.put(line.run(), new UnclaimedRequest(line.attempt(), placeOf(placed), Stage.LEFT));
                case MOVED -> follow(line.job(), line.now());
                case LANDED, DOUBTED, CLAIMED -> byOwner.remove(line.run());
                case UNKNOWN -> {
                    endedPlaces.put(line.run(), placeOf(placed));
                    byOwner.remove(line.run());
                }
                case SETTLED -> endedPlaces.remove(line.run());
                default -> {}
            }
        }
        byOwner.keySet().removeAll(ownRuns.keySet());
        byOwner.putAll(noted);
    }

    private long placeOf(Placed placed) {
        return placeOf(placed.line().run(), placed.place());
    }

    /**
     * Returns the number of the first line that is known of a request. A request does not get younger when its run
     * comes back to it.
     */
    private long placeOf(String run, long place) {
        UnclaimedRequest request = byOwner.get(run);
        long known = Math.min(place, endedPlaces.getOrDefault(run, place));
        return request == null ? known : Math.min(known, request.place);
    }

    /** @param unknown the lines of attempts that ended unknown; the time of their sending is kept too */
    synchronized List<Placed> lines(List<Placed> unknown) {
        Stream<Placed> unclaimed = byOwner.values().stream().map(request -> line(request.attempt, request.place));
        Stream<Placed> ended = unknown.stream().flatMap(placed -> {
            String run = placed.line().run();
            Long place = byOwner.containsKey(run) ? null : endedPlaces.get(run);
            return place == null || place >= placed.place()
                    ? Stream.empty()
                    : Stream.of(line(placed.line().attempt(), place));
        });
        return Stream.concat(unclaimed, ended).toList();
    }

    private static Placed line(UnknownAttempt attempt, long place) {
        return new Placed(LedgerLine.forAttempt(Kind.SENDING, attempt).numbered(place), true);
    }
}
