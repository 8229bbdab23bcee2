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
 * Keeps what the attempts of one controller have done, line by line and across restarts. One instance serves all runs.
 *
 * <p>The lines tell which requests are on their way and which run owns which record. They also tell which attempts
 * ended unknown, and which run waits for which.
 */
public final class Ledger {

    private static final Logger LOGGER = Logger.getLogger(Ledger.class.getName());

    /** Number of lines for which the file is meant. It is cut when it has twice as many. */
    public static final int REMEMBERED = 20_000;

    /**
     * Longest time until a run goes on that was open before a restart. It is shorter than the time that other runs wait
     * for it, see {@link RecordSearch}.
     */
    public static final Duration GOES_ON = Duration.ofMinutes(4);

    private final Timing timing;

    private final LedgerLines lines;
    private final RecordClaims claims;
    private final UnknownAttempts attempts;
    private final UnclaimedRequests unclaimedRequests;
    private final DoubtedRequests doubts;
    private final TurnQueue turns;
    private final RunStates runs;

    /** Line of the ledger's own id; null while the file cannot be read. */
    private volatile Placed begun;

    /** Creates a ledger that ends with the process. */
    public Ledger(Timing timing) {
        this(timing, null);
    }

    /** Reads the lines of earlier processes; may block. */
    public Ledger(Timing timing, Journal journal) {
        this.timing = timing;
        lines = new LedgerLines(journal, timing);
        claims = new RecordClaims(lines, timing);
        attempts = new UnknownAttempts(lines, timing);
        unclaimedRequests = new UnclaimedRequests(lines);
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
            return Ledger.this.worthKeeping();
        }

        @Override
        public void putAside() {
            begin();
        }
    }

    /**
     * Returns the lines that a shorter file must have, the most needed last, since the first go where there are too many.
     * Nobody may push out what tells of a request that is out, however often and with however long texts its runs end.
     */
    List<String> worthKeeping() {
        return Stream.concat(
                        inOrder(Stream.of(runs.endedLines())),
                        inOrder(Stream.of(
                                begun(),
                                runs.openLines(),
                                unclaimedRequests.lines(attempts.lines()),
                                doubts.lines(),
                                turns.lines(),
                                claims.lines(),
                                attempts.lines())))
                .map(placed -> placed.line().text())
                .toList();
    }

    private static Stream<Placed> inOrder(Stream<List<Placed>> lines) {
        return lines.flatMap(List::stream).sorted(Comparator.comparingLong(Placed::place));
    }

    /** Begins a ledger with a new id. It may lack lines that runs noted in the old one. */
    private void begin() {
        String id = UUID.randomUUID().toString();
        begun = lines.addLater(LedgerLine.forRun(Kind.BEGUN, id, null)).placed();
    }

    /** Returns the id, which stays the same until lines are lost; null while the file cannot be read. */
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
        return unclaimedRequests;
    }

    DoubtedRequests doubts() {
        return doubts;
    }

    TurnQueue turns() {
        return turns;
    }

    /** Returns why some lines about a server cannot be read; empty if all can. Does not block. */
    Optional<FileTrouble> trouble(String server) {
        return lines.trouble(server);
    }

    /** Returns true if the file may have lines that cannot be read now. */
    public boolean mayLack() {
        return lines.mayBeLost();
    }

    /** Tries again to read the file. The signal comes after the try. */
    public Signal look() {
        return lines.look();
    }

    /**
     * Returns a signal that comes when all lines so far would survive a loss of power. It does not come while the disk
     * is full.
     */
    Signal kept() {
        return lines.kept();
    }

    /**
     * Follows a job to its new name or folder.
     *
     * @param now the new full name; null if the job was deleted, then its name is not shown any more
     */
    public void moved(String job, String now) {
        boolean any = unclaimedRequests.follow(job, now) | doubts.follow(job, now) | attempts.follow(job, now);
        if (any || lines.mayBeLost()) {
            lines.add(LedgerLine.moved(job, now));
        }
    }

    /** Writes all lines of a task in one go, see {@link LedgerLines#together}. */
    void together(Runnable notes) {
        lines.together(notes);
    }

    RunStates runs() {
        return runs;
    }

    /**
     * Notes that a run is about to send. It must not send before the signal has come: then the note would survive a
     * loss of power.
     */
    Signal sends(UnknownAttempt attempt, DeploymentState state) {
        return runs.sending(unclaimedRequests.takeOff(attempt, state)).kept();
    }

    /** Returns the number of the newest line. */
    long newest() {
        return lines.last();
    }

    /** Returns the place of a run's last sending and of its end, which is now, among all lines. */
    public LedgerSpan span(String run) {
        return runs.span(run, id(), lines.last());
    }

    /**
     * Notes that a run has ended and its end is shown, even if its request is still out. After a crash nobody has to
     * find out its outcome.
     */
    public void over(String run, String server) {
        runs.over(run, server);
        doubts.over(run);
    }

    /** Notes that the runs of a Jenkins build do not come back any more. */
    public void buildOver(String build) {
        runs.buildOver(build);
    }

    /** Returns true if a Jenkins build may bring back a run that has ended. */
    public boolean isAnyEnded() {
        return runs.isAnyEnded();
    }

    /** Returns one ended run for each Jenkins build that may bring it back, by the id of the build. */
    public Map<String, String> endedByBuild() {
        return runs.endedByBuild();
    }

    /**
     * Returns the state from which a run goes on that its Jenkins build brings back.
     *
     * @param enteredIn the id of the ledger that has the run, as the program of its Jenkins build has kept it; null if
     *     none
     * @param initial the state in which the run would begin
     */
    DeploymentState stateOf(String run, String enteredIn, DeploymentState initial) {
        boolean isHere = enteredIn == null || enteredIn.equals(id());
        return runs.stateOf(run)
                .map(state -> withOwnRecord(run, state))
                .filter(state -> isHere || state.standing() != Standing.NOTHING_SENT)
                .orElse(enteredIn == null ? initial : initial.lost());
    }

    /**
     * Returns the state as {@link #stateOf} does. If lines about the server cannot be read, the run may have
     * done anything.
     */
    public DeploymentState recall(String run, String server, String enteredIn, DeploymentState initial) {
        if (trouble(server).isEmpty()) {
            return stateOf(run, enteredIn, initial);
        }
        return enteredIn == null ? initial : initial.lost();
    }

    /**
     * Completes a state with the record that the run owns, since a crash may have come between the two lines. A record
     * that is not above the baseline belongs to an earlier request.
     */
    private DeploymentState withOwnRecord(String run, DeploymentState state) {
        Optional<BuildDeployment> record =
                state.standing() == Standing.MAY_HAVE_SENT ? claims.claimedBy(run) : Optional.empty();
        return record.filter(own -> own.id() > state.baseline())
                .map(own -> state.done(new DeploymentResult(Origin.ADOPTED, own)))
                .orElse(state);
    }

    /** Returns true if {@link #left} is not empty. */
    public boolean isAnyLeft() {
        return runs.isAnyLeft();
    }

    /** Returns the runs that were open when an earlier process ended and that have not gone on since. */
    public List<OpenRun> left() {
        return runs.left().stream().map(this::openRun).toList();
    }

    private OpenRun openRun(LedgerLine begun) {
        DeploymentState state = stateOf(begun.run(), null, begun.state()).sought();
        return new OpenRun(begun.run(), begun.server(), begun.request(), begun.source(), state);
    }

    /**
     * Returns the present place of the Jenkins build of a run that has sent; empty if it is not known or its job was
     * deleted.
     */
    public Optional<BuildLocation> place(String run) {
        return attempts.place(run)
                .or(() -> doubts.forRun(run)
                        .or(() -> unclaimedRequests.leftOf(run))
                        .map(UnknownAttempt::place))
                .filter(place -> place.job() != null);
    }

    /** Closes a run that does not go on and whose outcome nobody finds out. If it may have sent, it ends unknown. */
    public void giveUp(OpenRun run) {
        unclaimedRequests
                .leftOf(run.owner())
                .or(() -> doubts.forRun(run.owner()))
                .ifPresent(attempts::note);
        close(run);
    }

    /** Closes a run that does not go on, after its outcome was found out. */
    public void close(OpenRun run) {
        unclaimedRequests.land(run.owner());
        turns.leave(run.owner());
        over(run.owner(), run.server());
    }

    /**
     * Closes a run that may have sent and cannot even begin to go on. It ends unknown, and nobody waits for it any
     * more.
     */
    public void leftUnknown(ServerUrl server, DeploymentRequest request, RunIdentity who, DeploymentState last) {
        attempts.note(server, request, who, last);
        unclaimedRequests.land(who.owner());
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
        unclaimedRequests.load(all);
        doubts.load(all);
        turns.load(all, unclaimedRequests.leftBy());
        expireLater();
    }

    /** Ends requests as unknown that no run goes on with in time. */
    private void expireLater() {
        if (unclaimedRequests.leftBy().isEmpty()) {
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
        unclaimedRequests.giveUpLeft(attempt -> {
            attempts.note(attempt);
            owners.add(attempt.owner());
        });
        owners.forEach(turns::leave);
    }
}
