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
 * The requests that may have brought a record which nobody has claimed yet: those on their way, those that had no clear
 * answer, and those that were left so by an earlier process.
 */
final class UnclaimedRequests {

    /** As many runs as there may be while the file is read once. */
    private static final int MOST_HERE = 10_000;

    /** How far a request has come. */
    private enum Stage {
        /** It is about to be sent, or on its way. */
        OUT,
        /** Nothing more is to be heard of it, and its run looks for its record. */
        SOUGHT,
        /** It was out, or sought, when an earlier process ended, and its run has not gone on yet. */
        LEFT
    }

    /** A request. */
    static final class UnclaimedRequest {
        /** Guarded by the flights, as are the next. */
        private long place;

        private UnknownAttempt attempt;

        private Stage stage;

        /** Whether it was sent before this process began, for all that is known. */
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

    /** The runs that are, or were, in this process: what has become of these, it knows better than the file. */
    private final Map<String, Boolean> here = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_HERE;
        }
    };

    /** By run, the places of requests that have ended: where they ended unknown, their runs may come back to them. */
    private final Map<String, Long> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > UnknownAttempts.REMEMBERED;
        }
    };

    UnclaimedRequests(LedgerLines ledger) {
        this.ledger = ledger;
    }

    /** Notes that a request is about to be sent; it must not be before that would survive a loss of power. */
    synchronized Added takeOff(UnknownAttempt attempt, DeploymentState state) {
        Added added = ledger.add(LedgerLine.sending(attempt, state, ledger.now()));
        byOwner.put(attempt.owner(), new UnclaimedRequest(attempt, added.place(), Stage.OUT));
        here.put(attempt.owner(), true);
        return added;
    }

    /** A run goes on, whose request was left so, or would have been if that had been noted: it looks for its record. */
    synchronized void goOn(UnknownAttempt attempt) {
        String owner = attempt.owner();
        if (!byOwner.containsKey(owner)) {
            Added added = ledger.add(LedgerLine.forAttempt(Kind.SENDING, attempt));
            byOwner.put(owner, new UnclaimedRequest(attempt, sent.getOrDefault(owner, added.place()), Stage.SOUGHT));
        }
        byOwner.get(owner).stage = Stage.SOUGHT;
        here.put(owner, true);
    }

    /** Notes that nothing more is to be heard of a request, and that its run looks for its record. */
    synchronized void seek(String owner) {
        UnclaimedRequest flight = byOwner.get(owner);
        if (flight != null) {
            flight.stage = Stage.SOUGHT;
        }
    }

    /** Notes that the outcome of a request is known, or never will be; a record of its own is claimed before. */
    synchronized void land(String owner) {
        UnclaimedRequest flight = byOwner.remove(owner);
        if (flight != null) {
            sent.put(owner, flight.place);
        }
        here.put(owner, true);
        if (flight != null || ledger.mayBeLost()) {
            String server = flight == null ? null : flight.attempt.key().server();
            ledger.add(LedgerLine.forRun(Kind.LANDED, owner, server));
        }
    }

    /**
     * The requests of other runs that may own a record.
     *
     * @param own whether the run looks for a record of its own: of two that do, the one waits that was sent later
     */
    synchronized Set<UnclaimedRequest> others(RequestKey key, String owner, boolean own) {
        UnclaimedRequest mine = own ? byOwner.get(owner) : null;
        Set<UnclaimedRequest> others = new LinkedHashSet<>();
        for (UnclaimedRequest flight : byOwner.values()) {
            boolean waits = !own || flight.stage != Stage.SOUGHT || (mine != null && flight.place < mine.place);
            if (waits
                    && !flight.attempt.owner().equals(owner)
                    && flight.attempt.key().mayBringThatOf(key)) {
                others.add(flight);
            }
        }
        return others;
    }

    /** Whether it is still being found out what became of a request that may have brought such a record before a restart. */
    synchronized boolean areSoughtSinceTheStart(RequestKey key, String owner) {
        return byOwner.values().stream()
                .anyMatch(flight -> flight.isFromBefore
                        && !flight.attempt.owner().equals(owner)
                        && flight.attempt.key().mayBringThatOf(key));
    }

    /** Whether another run may still be told, or find out, that a record is its own. */
    synchronized boolean mayBeOfAnother(RequestKey key, long record, String owner) {
        return byOwner.values().stream()
                .map(flight -> flight.attempt)
                .anyMatch(attempt -> !attempt.owner().equals(owner)
                        && attempt.key().mayBringThatOf(key)
                        && !attempt.isFromBefore(record));
    }

    /** Whether it may still be found out what became of the request of a run. */
    synchronized boolean has(String owner) {
        return byOwner.containsKey(owner);
    }

    /** The runs that have not gone on yet. */
    synchronized Set<String> leftBy() {
        Set<String> owners = new LinkedHashSet<>();
        byOwner.forEach((owner, flight) -> {
            if (flight.stage == Stage.LEFT) {
                owners.add(owner);
            }
        });
        return owners;
    }

    /**
     * Nobody goes on with what is still left.
     *
     * @param unknown hears of each before anybody else may take its record
     */
    synchronized void giveUpLeft(Consumer<UnknownAttempt> unknown) {
        for (String owner : leftBy()) {
            unknown.accept(byOwner.get(owner).attempt);
            land(owner);
        }
    }

    /** The request that a run has left; empty where it has not. */
    synchronized Optional<UnknownAttempt> leftOf(String owner) {
        UnclaimedRequest flight = byOwner.get(owner);
        return flight != null && flight.stage == Stage.LEFT ? Optional.of(flight.attempt) : Optional.empty();
    }

    /** A job is called otherwise, or is no more. Answers whether that concerns any. */
    synchronized boolean follow(String job, String now) {
        boolean any = false;
        String before = BoundedText.shorten(job);
        for (UnclaimedRequest flight : byOwner.values()) {
            if (before.equals(flight.attempt.job())) {
                flight.attempt = flight.attempt.in(now);
                any = true;
            }
        }
        return any;
    }

    synchronized void load(List<Placed> all) {
        Map<String, UnclaimedRequest> noted = new LinkedHashMap<>(byOwner);
        noted.values().removeIf(flight -> flight.stage == Stage.LEFT);
        byOwner.clear();
        for (Placed placed : all) {
            LedgerLine line = placed.line();
            switch (line.kind()) {
                case SENDING ->
                    byOwner.put(line.run(), new UnclaimedRequest(line.attempt(), placeOf(placed), Stage.LEFT));
                case MOVED -> follow(line.job(), line.now());
                case LANDED, DOUBTED, CLAIMED -> byOwner.remove(line.run());
                case UNKNOWN -> {
                    sent.put(line.run(), placeOf(placed));
                    byOwner.remove(line.run());
                }
                case SETTLED -> sent.remove(line.run());
                default -> {}
            }
        }
        byOwner.keySet().removeAll(here.keySet());
        byOwner.putAll(noted);
    }

    private long placeOf(Placed placed) {
        return placeOf(placed.line().run(), placed.place());
    }

    /** That of its first line of which anything is left: the request is no younger when its run comes back to it. */
    private long placeOf(String run, long place) {
        UnclaimedRequest flight = byOwner.get(run);
        long known = Math.min(place, sent.getOrDefault(run, place));
        return flight == null ? known : Math.min(known, flight.place);
    }

    /** @param unknown the lines of those that ended unknown: of each it is kept, too, when it was sent */
    synchronized List<Placed> lines(List<Placed> unknown) {
        Stream<Placed> flying = byOwner.values().stream().map(flight -> line(flight.attempt, flight.place));
        Stream<Placed> ended = unknown.stream().flatMap(placed -> {
            String run = placed.line().run();
            Long place = byOwner.containsKey(run) ? null : sent.get(run);
            return place == null || place >= placed.place()
                    ? Stream.empty()
                    : Stream.of(line(placed.line().attempt(), place));
        });
        return Stream.concat(flying, ended).toList();
    }

    private static Placed line(UnknownAttempt attempt, long place) {
        return new Placed(LedgerLine.forAttempt(Kind.SENDING, attempt).numbered(place), true);
    }
}
