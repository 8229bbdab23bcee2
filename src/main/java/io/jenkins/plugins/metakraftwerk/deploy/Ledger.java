package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * What the attempts of one controller have done, line by line, as it is kept across restarts; and what follows from that
 * for the others: which requests are on their way, whose each record is, what ended unknown, and who waits for whom. One
 * instance serves all runs.
 */
public final class Ledger {

    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());

    /** How many lines are worth keeping, at most. */
    public static final int REMEMBERED = 20_000;

    /** As many runs as may be open at one time. */
    private static final int MOST_OPEN = 10_000;

    /**
     * How long a run that was open before a restart may take until it goes on; less than others wait for it, see
     * {@link RecordSearch}.
     */
    static final Duration GOES_ON = Duration.ofMinutes(4);

    /**
     * A line with its place among all others: below 0 for those of earlier processes, in the order of the file.
     *
     * @param own whether this process has written it
     */
    record Placed(long place, LedgerLine line, boolean own) {}

    /**
     * A line that was added.
     *
     * @param kept completes when it would survive a loss of power, with all before it; perhaps never
     */
    record Added(long place, CompletableFuture<Void> kept) {}

    private final Timing timing;

    /** Null where nothing survives the process. */
    private final Journal journal;

    private final Claims claims;
    private final UnknownAttempts attempts;
    private final Flights flights;
    private final TurnQueue turns = new TurnQueue(this);

    /** By run, the place of the line with which it began. Guarded by this, as are the next two. */
    private final Map<String, Placed> entered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Placed> eldest) {
            return size() > MOST_OPEN;
        }
    };

    private long next;
    private CompletableFuture<Void> kept = CompletableFuture.completedFuture(null);

    /** One that ends with the process. */
    public Ledger(Timing timing) {
        this(timing, null);
    }

    /** Reads what was noted before this process began; may block. */
    public Ledger(Timing timing, Journal journal) {
        this.timing = timing;
        this.journal = journal;
        claims = new Claims(this, timing);
        attempts = new UnknownAttempts(this, timing);
        flights = new Flights(this);
        if (journal != null) {
            journal.open(new Lines());
        }
    }

    private final class Lines implements JournalContent {
        @Override
        public boolean understands(String line) {
            return LedgerLine.read(line).isPresent();
        }

        @Override
        public Optional<String> serverOf(String line) {
            return LedgerLine.serverOf(line);
        }

        @Override
        public void load(List<String> lines, List<String> waiting) {
            Ledger.this.load(lines, waiting);
        }

        @Override
        public List<String> worthKeeping() {
            return Stream.of(openRuns(), flights.lines(), turns.lines(), claims.lines(), attempts.lines())
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Placed::place))
                    .map(placed -> placed.line().text())
                    .toList();
        }
    }

    public UnknownAttempts attempts() {
        return attempts;
    }

    Claims claims() {
        return claims;
    }

    Flights flights() {
        return flights;
    }

    TurnQueue turns() {
        return turns;
    }

    /** Why not all is known that runs have done on a server; empty where it is. Does not block. */
    Optional<Trouble> trouble(String server) {
        return Optional.ofNullable(journal == null ? null : journal.trouble()).filter(found -> found.concerns(server));
    }

    /** Whether there may be something in the file that cannot be read now. */
    boolean mayBeLost() {
        return journal != null && journal.trouble() != null;
    }

    /** Reads what could not be read. Completes when that was tried. */
    CompletableFuture<Void> look() {
        return journal == null ? CompletableFuture.completedFuture(null) : journal.look();
    }

    synchronized Added add(LedgerLine line) {
        if (journal != null) {
            kept = journal.append(line.text());
        }
        return new Added(next++, kept.copy());
    }

    /** Completes when all that was added so far would survive a loss of power; not while the disk is full. */
    synchronized CompletableFuture<Void> kept() {
        return kept.copy();
    }

    /** A job has another name, or is in another folder, or null where it was deleted. */
    void moved(String job, String now) {
        boolean any = flights.follow(job, now) | attempts.follow(job, now);
        if (any || mayBeLost()) {
            add(LedgerLine.moved(job, now));
        }
    }

    /** The place of the line with which a run began, which is added where there is none. */
    synchronized long entered(String run, String server) {
        Placed begun = entered.get(run);
        if (begun == null) {
            LedgerLine line = LedgerLine.of(Kind.ENTERED, run, server);
            begun = new Placed(add(line).place(), line, true);
            entered.put(run, begun);
        }
        return begun.place();
    }

    /** A run has ended, whether or not its request has. */
    synchronized void over(String run, String server) {
        if (entered.remove(run) != null) {
            add(LedgerLine.of(Kind.OVER, run, server));
        }
    }

    /** A run cannot even begin to go on from its last state, in which it may have sent: nobody waits for it any more. */
    public void leftUnknown(ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        attempts.note(server, request, who, last);
        flights.land(who.owner());
        turns.leave(who.owner());
        over(who.owner(), server.toString());
    }

    private synchronized List<Placed> openRuns() {
        return List.copyOf(entered.values());
    }

    private void load(List<String> lines, List<String> waiting) {
        List<Placed> all = new ArrayList<>();
        long place = -lines.size();
        for (String text : lines) {
            long here = place++;
            LedgerLine.read(text).ifPresent(line -> all.add(new Placed(here, line, false)));
        }
        waiting.forEach(text -> LedgerLine.read(text).ifPresent(line -> all.add(new Placed(0, line, true))));
        synchronized (this) {
            loadOpen(all);
        }
        claims.load(all);
        attempts.load(all);
        flights.load(all);
        turns.load(all, flights.leftBy());
        expireLater();
    }

    private void loadOpen(List<Placed> all) {
        Map<String, Placed> noted = new LinkedHashMap<>(entered);
        noted.values().removeIf(placed -> !placed.own());
        entered.clear();
        for (Placed placed : all) {
            switch (placed.line().kind()) {
                case ENTERED -> entered.put(placed.line().run(), placed);
                case OVER -> entered.remove(placed.line().run());
                default -> {}
            }
        }
        entered.putAll(noted);
    }

    /** What nobody goes on with has ended unknown. */
    private void expireLater() {
        if (flights.leftBy().isEmpty()) {
            return;
        }
        try {
            timing.after(GOES_ON).thenRun(this::expire);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Nobody looks which runs do not go on");
        }
    }

    private void expire() {
        List<String> owners = new ArrayList<>();
        flights.giveUpLeft(attempt -> {
            attempts.note(attempt);
            owners.add(attempt.owner());
        });
        owners.forEach(turns::leave);
    }
}
