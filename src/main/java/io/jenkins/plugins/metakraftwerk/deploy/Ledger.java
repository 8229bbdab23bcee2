package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState.Standing;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLines.Placed;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.store.FileTrouble;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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

    /**
     * How long a run that was open before a restart may take until it goes on; less than others wait for it, see
     * {@link RecordSearch}.
     */
    public static final Duration GOES_ON = Duration.ofMinutes(4);

    private final Timing timing;

    private final LedgerLines lines;
    private final RecordClaims claims;
    private final UnknownAttempts attempts;
    private final UnclaimedRequests flights;
    private final DoubtedRequests doubts;
    private final TurnQueue turns;
    private final RunStates runs;

    /** Null as long as what was there before cannot be read. */
    private volatile Placed begun;

    /** One that ends with the process. */
    public Ledger(Timing timing) {
        this(timing, null);
    }

    /** Reads what was noted before this process began; may block. */
    public Ledger(Timing timing, Journal journal) {
        this.timing = timing;
        lines = new LedgerLines(journal, timing);
        claims = new RecordClaims(lines, timing);
        attempts = new UnknownAttempts(lines, timing);
        flights = new UnclaimedRequests(lines);
        doubts = new DoubtedRequests(lines);
        turns = new TurnQueue(lines);
        runs = new RunStates(lines);
        lines.open(new Content());
        if (journal == null) {
            begin();
        }
    }

    private final class Content implements JournalContent {
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
            return Stream.of(
                            begun(),
                            runs.lines(),
                            flights.lines(attempts.lines()),
                            doubts.lines(),
                            turns.lines(),
                            claims.lines(),
                            attempts.lines())
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Placed::place))
                    .map(placed -> placed.line().text())
                    .toList();
        }

        @Override
        public void putAside() {
            begin();
        }
    }

    /** Another one than before: what a run has noted in that, this one need not know. */
    private void begin() {
        String id = UUID.randomUUID().toString();
        begun = lines.addLater(LedgerLine.forRun(Kind.BEGUN, id, null)).placed();
    }

    /** The same as long as nothing of it is lost; null as long as it cannot be read. */
    public String id() {
        Placed line = begun;
        return line == null ? null : line.line().run();
    }

    private List<Placed> begun() {
        return begun == null ? List.of() : List.of(begun);
    }

    public UnknownAttempts attempts() {
        return attempts;
    }

    RecordClaims claims() {
        return claims;
    }

    UnclaimedRequests unclaimedRequests() {
        return flights;
    }

    DoubtedRequests doubts() {
        return doubts;
    }

    TurnQueue turns() {
        return turns;
    }

    /** Why not all is known that runs have done on a server; empty where it is. Does not block. */
    Optional<FileTrouble> trouble(String server) {
        return lines.trouble(server);
    }

    /** Whether there may be something in the file that cannot be read now. */
    public boolean mayLack() {
        return lines.mayBeLost();
    }

    /** Reads what could not be read. Comes when that was tried. */
    public Signal look() {
        return lines.look();
    }

    /** Comes when all that was noted so far would survive a loss of power; not while the disk is full. */
    Signal kept() {
        return lines.kept();
    }

    /**
     * A job has another name, or is in another folder.
     *
     * @param now null where it was deleted: nobody who reads of its builds here is told any more what it was called
     */
    public void moved(String job, String now) {
        boolean any = flights.follow(job, now) | doubts.follow(job, now) | attempts.follow(job, now);
        if (any || lines.mayBeLost()) {
            lines.add(LedgerLine.moved(job, now));
        }
    }

    /** As {@link LedgerLines#together}. */
    void together(Runnable notes) {
        lines.together(notes);
    }

    RunStates runs() {
        return runs;
    }

    /** A run is about to send; it must not before that would survive a loss of power. */
    Signal sends(UnknownAttempt attempt, DeploymentState state) {
        return runs.sending(flights.takeOff(attempt, state)).kept();
    }

    /** When a run has sent last, and that it has ended by now, in the order of what all runs did. */
    public LedgerSpan span(String run) {
        return runs.span(run, id(), lines.last());
    }

    /** A run has ended, whether or not its request has, and it is shown how: nobody has to find out after a crash. */
    public void over(String run, String server) {
        runs.over(run, server);
        doubts.over(run);
    }

    /** No run of that Jenkins build comes back any more. */
    public void buildOver(String build) {
        runs.buildOver(build);
    }

    /** Whether a Jenkins build may bring back a run which has ended. */
    public boolean isAnyEnded() {
        return runs.isAnyEnded();
    }

    /** Of each Jenkins build that may bring back a run which has ended, one of these. */
    public Map<String, String> endedByBuild() {
        return runs.endedByBuild();
    }

    /**
     * From where a run goes on that its Jenkins build brings back.
     *
     * @param enteredIn the id of the ledger which the program of that build says it has entered; null where it has none
     * @param initial where it would begin
     */
    DeploymentState stateOf(String run, String enteredIn, DeploymentState initial) {
        boolean isHere = enteredIn == null || enteredIn.equals(id());
        return runs.stateOf(run)
                .map(state -> whole(run, state))
                .filter(state -> isHere || state.standing() != Standing.NOTHING_SENT)
                .orElse(enteredIn == null ? initial : initial.lost());
    }

    /** The same, also where not all can be read that it may have done: then it may have done anything. */
    public DeploymentState recall(String run, String server, String enteredIn, DeploymentState initial) {
        if (trouble(server).isEmpty()) {
            return stateOf(run, enteredIn, initial);
        }
        return enteredIn == null ? initial : initial.lost();
    }

    /** A crash may have come between the record and the state. What was there before it was sent is of an earlier state. */
    private DeploymentState whole(String run, DeploymentState state) {
        Optional<BuildDeployment> record =
                state.standing() == Standing.MAY_HAVE_SENT ? claims.claimedBy(run) : Optional.empty();
        return record.filter(own -> own.id() > state.baseline())
                .map(own -> state.done(new DeploymentResult(Origin.ADOPTED, own)))
                .orElse(state);
    }

    /** Whether {@link #left} has any. */
    public boolean isAnyLeft() {
        return runs.isAnyLeft();
    }

    /** The runs that were open when an earlier process ended, and have not gone on since. */
    public List<OpenRun> left() {
        return runs.left().stream().map(this::open).toList();
    }

    private OpenRun open(LedgerLine begun) {
        DeploymentState state = stateOf(begun.run(), null, begun.state()).sought();
        return new OpenRun(begun.run(), begun.server(), begun.request(), begun.source(), state);
    }

    /** Where the build of a run is now that has sent something; empty where that is not known, or its job was deleted. */
    public Optional<BuildLocation> place(String run) {
        return attempts.place(run)
                .or(() -> doubts.forRun(run).or(() -> flights.leftOf(run)).map(UnknownAttempt::place))
                .filter(place -> place.job() != null);
    }

    /** Nobody finds out what became of a run that does not go on: what it may have sent has ended unknown. */
    public void giveUp(OpenRun run) {
        flights.leftOf(run.owner()).or(() -> doubts.forRun(run.owner())).ifPresent(attempts::note);
        close(run);
    }

    /** It is known what became of a run that does not go on. */
    public void close(OpenRun run) {
        flights.land(run.owner());
        turns.leave(run.owner());
        over(run.owner(), run.server());
    }

    /** A run cannot even begin to go on from its last state, in which it may have sent: nobody waits for it any more. */
    public void leftUnknown(ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        attempts.note(server, request, who, last);
        flights.land(who.owner());
        turns.leave(who.owner());
        over(who.owner(), server.toString());
    }

    private void load(List<String> kept, List<String> waiting) {
        List<Placed> all = new ArrayList<>();
        kept.forEach(text -> LedgerLine.read(text).ifPresent(line -> all.add(new Placed(line, false))));
        all.forEach(placed -> lines.goOnAfter(placed.place()));
        waiting.forEach(text -> LedgerLine.read(text).ifPresent(line -> all.add(new Placed(line, true))));
        all.stream().filter(placed -> placed.line().kind() == Kind.BEGUN).forEach(placed -> begun = placed);
        if (begun == null) {
            begin();
        }
        runs.load(all);
        claims.load(all);
        attempts.load(all);
        flights.load(all);
        doubts.load(all);
        turns.load(all, flights.leftBy());
        expireLater();
    }

    /** What nobody goes on with has ended unknown. */
    private void expireLater() {
        if (flights.leftBy().isEmpty()) {
            return;
        }
        try {
            timing.later(GOES_ON, this::expire);
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
