package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of all runs, in one order. */
class LedgerTest {

    private static final String SERVER = "https://a";
    private static final RequestKey KEY = new RequestKey(SERVER, 5139, "P", null, "D", null);
    private static final DeploymentRequest REQUEST =
            new DeploymentRequest(5139L, "P", null, "D", null, null, null, null, null);
    private static final Path FILE = Path.of("ledger");

    /** As many lines are worth keeping; the file is cut when it has twice as many. */
    private static final int MOST = 20;

    private final VirtualTiming timing = new VirtualTiming();
    private final MemoryDisk disk = new MemoryDisk();
    private final Queue<Runnable> writes = new ArrayDeque<>();
    private Ledger ledger;

    @BeforeEach
    void restart() {
        timing.forget();
        writes.clear();
        ledger = new Ledger(timing, new Journal(new JournalFile(disk, FILE), writes::add, timing, MOST));
    }

    private void write() {
        RunFixture.doAll(writes);
    }

    private List<LedgerLine> numbered() {
        return disk.text(FILE)
                .lines()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .toList();
    }

    private List<Long> numbers() {
        return numbered().stream().map(LedgerLine::number).toList();
    }

    private List<LedgerLine> lines() {
        return numbered().stream()
                .filter(line -> line.kind() != Kind.BEGUN)
                .map(line -> line.numbered(0))
                .toList();
    }

    private static RunIdentity who(String run) {
        return new RunIdentity(run, "build of " + run, "app #1");
    }

    private UnknownAttempt attempt(String run) {
        return UnknownAttempt.forRequest(KEY, "agent A", who(run), 7, timing.now());
    }

    private long enter(String run) {
        return ledger.runs()
                .enter(who(run), SERVER, REQUEST, RunFixture.SOURCE, States.planned())
                .place();
    }

    private static LedgerLine entered(String run) {
        return LedgerLine.entered(who(run), SERVER, REQUEST, RunFixture.SOURCE, States.planned());
    }

    private static BuildDeployment record(long id) {
        return new BuildDeployment(id, 5139L, 11L, 21L, null, null, null);
    }

    private void claim(String run, long id) {
        ledger.claims().own(KEY, record(id), run, timing.uptime());
    }

    /** So many runs, each of which leaves two lines and nothing to be kept. */
    private void noise(int runs) {
        for (int i = 0; i < runs; i++) {
            enter("noise " + i);
            ledger.over("noise " + i, SERVER);
            ledger.buildOver("build of noise " + i);
            write();
        }
    }

    @Test
    void whatIsOpenIsKeptInItsOrderWhenItIsCut() {
        enter("run 1");
        ledger.turns().enter(KEY, "run 1");
        ledger.unclaimedRequests().takeOff(attempt("run 1"), null);
        ledger.attempts().note(attempt("run 2"));
        enter("run 3");
        claim("run 4", 8);
        ledger.turns().enter(KEY, "run 3");
        ledger.attempts().note(attempt("run 5"));
        ledger.unclaimedRequests().takeOff(attempt("run 6"), null);
        claim("run 7", 9);
        // What is over among it.
        ledger.unclaimedRequests().takeOff(attempt("run 4"), null);
        ledger.unclaimedRequests().land("run 4");
        ledger.turns().enter(KEY, "run 8").leave();
        ledger.attempts().note(attempt("run 9"));
        ledger.attempts().settle("run 9");
        ledger.attempts().overtake(attempt("run 5"));
        write();
        List<LedgerLine> open = List.of(
                entered("run 1"),
                LedgerLine.queued("run 1", KEY),
                LedgerLine.forAttempt(Kind.SENDING, attempt("run 1")),
                LedgerLine.forAttempt(Kind.UNKNOWN, attempt("run 2")),
                entered("run 3"),
                LedgerLine.claimed("run 4", KEY, record(8), timing.now()),
                LedgerLine.queued("run 3", KEY),
                LedgerLine.forAttempt(Kind.UNKNOWN, attempt("run 5").overtakenNow()),
                LedgerLine.forAttempt(Kind.SENDING, attempt("run 6")),
                LedgerLine.claimed("run 7", KEY, record(9), timing.now()));
        for (int i = 0; i < 3; i++) {
            noise(2 * MOST);
            assertThat(lines())
                    .as("after restart " + i)
                    .hasSizeLessThanOrEqualTo(2 * MOST)
                    .containsSubsequence(open.toArray(LedgerLine[]::new));
            restart();
        }
    }

    @Test
    void theNumbersOfLinesGoOn() {
        enter("run 1");
        ledger.unclaimedRequests().takeOff(attempt("run 1"), null);
        claim("run 2", 8);
        write();
        List<Long> first = numbers();
        assertThat(first).isSorted().doesNotHaveDuplicates();
        noise(2 * MOST);
        restart();
        enter("run 3");
        write();
        assertThat(numbers()).startsWith(first.toArray(Long[]::new)).isSorted().doesNotHaveDuplicates();
        disk.fail(MemoryDisk.Op.READ);
        restart();
        enter("run 4");
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        ledger.look();
        write();
        enter("run 5");
        write();
        assertThat(numbers()).as("also of what could not be read").isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whoseOutcomeWasUnknownWasSentNoLaterWhenTheFileIsCut() {
        ledger.unclaimedRequests().takeOff(attempt("run 1"), null);
        ledger.unclaimedRequests().takeOff(attempt("run 2"), null);
        ledger.attempts().note(attempt("run 1"));
        ledger.unclaimedRequests().land("run 1");
        for (int i = 0; i < 3; i++) {
            noise(2 * MOST);
            restart();
        }
        ledger.unclaimedRequests().goOn(attempt("run 2"));
        ledger.unclaimedRequests().goOn(attempt("run 1"));
        assertThat(ledger.unclaimedRequests().others(KEY, "run 1", true)).isEmpty();
        assertThat(ledger.unclaimedRequests().others(KEY, "run 2", true)).hasSize(1);
    }

    @Test
    void whoHasEndedIsNotUnknownThoughThatWasLost() {
        ledger.attempts().note(attempt("run 1"));
        ledger.runs().reach("run 1", SERVER, States.done(Origin.ADOPTED, 8));
        write();
        ledger.attempts().settle("run 1");
        restart();
        assertThat(ledger.attempts().forKey(KEY, "")).isEmpty();
    }

    @Test
    void aLineThatIsTornNeverWas() {
        ledger.unclaimedRequests().takeOff(attempt("run 1"), null);
        ledger.unclaimedRequests().takeOff(attempt("run 2"), null);
        write();
        ledger.unclaimedRequests().land("run 1");
        ledger.unclaimedRequests().land("run 2");
        write();
        String all = disk.text(FILE);
        disk.put(FILE, all.substring(0, all.length() - 2));
        restart();
        assertThat(ledger.trouble(SERVER)).isEmpty();
        assertThat(ledger.unclaimedRequests().leftBy()).containsExactly("run 2");
        ledger.unclaimedRequests().takeOff(attempt("run 3"), null);
        write();
        restart();
        assertThat(ledger.trouble(SERVER)).isEmpty();
        assertThat(ledger.unclaimedRequests().leftBy()).containsExactly("run 2", "run 3");
    }

    @Test
    void aLossOfPowerTakesOnlyWhatNobodyWasTold() {
        Signal first =
                ledger.unclaimedRequests().takeOff(attempt("run 1"), null).kept();
        write();
        assertThat(first.isGiven()).isTrue();
        Signal second =
                ledger.unclaimedRequests().takeOff(attempt("run 2"), null).kept();
        assertThat(ledger.kept().isGiven()).as("all so far").isFalse();
        disk.fail(MemoryDisk.Op.FORCE, MemoryDisk.Op.TRUNCATE);
        write();
        assertThat(second.isGiven()).isFalse();
        disk.fail();
        disk.losePower(rest -> 0);
        restart();
        assertThat(ledger.unclaimedRequests().leftBy()).containsExactly("run 1");
    }

    @Test
    void whoHasEnteredIsKnownByItsPlace() {
        long began = enter("run 1");
        ledger.attempts().note(attempt("run 2"));
        assertThat(enter("run 1")).isEqualTo(began);
        assertThat(ledger.attempts().placeOf(attempt("run 2"))).isGreaterThan(began);
        write();
        restart();
        long again = enter("run 1");
        assertThat(ledger.attempts().placeOf(attempt("run 2"))).isGreaterThan(again);
        assertThat(enter("run 3")).isGreaterThan(ledger.attempts().placeOf(attempt("run 2")));
        write();
        assertThat(lines())
                .containsExactly(
                        entered("run 1"), LedgerLine.forAttempt(Kind.UNKNOWN, attempt("run 2")), entered("run 3"));
    }

    @Test
    void whoIsOverBeginsAnew() {
        enter("run 1");
        ledger.attempts().note(attempt("run 2"));
        write();
        ledger.over("run 1", SERVER);
        ledger.over("nobody", SERVER);
        write();
        assertThat(lines()).as("no hurry").hasSize(2);
        ledger.kept();
        write();
        assertThat(lines()).hasSize(3).last().isEqualTo(LedgerLine.forRun(Kind.OVER, "run 1", SERVER));
        restart();
        assertThat(enter("run 1")).isGreaterThan(ledger.attempts().placeOf(attempt("run 2")));
    }

    @Test
    void whatIsNotedBeforeTheFileCanBeReadComesAfterIt() {
        enter("run 1");
        ledger.attempts().note(attempt("run 2"));
        write();
        disk.fail(MemoryDisk.Op.READ);
        restart();
        long began = enter("run 3");
        ledger.attempts().note(attempt("run 4"));
        claim("run 5", 8);
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        ledger.look();
        write();
        assertThat(ledger.attempts().placeOf(attempt("run 2"))).isLessThan(began);
        assertThat(ledger.attempts().placeOf(attempt("run 4"))).isGreaterThan(began);
        assertThat(ledger.claims().isOfAnother(KEY, record(8), "run 5")).isFalse();
        assertThat(lines()).extracting(LedgerLine::run).containsExactly("run 1", "run 2", "run 3", "run 4", "run 5");
    }

    @Test
    void whoCannotGoOnIsWaitedForByNobody() throws Exception {
        enter("run 1");
        ledger.turns().enter(KEY, "run 1");
        ledger.unclaimedRequests().takeOff(attempt("run 1"), null);
        write();
        restart();
        TurnQueue.Turn next = ledger.turns().enter(KEY, "run 2");
        assertThat(next.waits()).isTrue();
        RunIdentity who = new RunIdentity("run 1", "build of run 1", "app #1");
        DeploymentRequest request = new DeploymentFields("5139")
                .pattern("P", null)
                .deployment("D", null)
                .agent("A", null)
                .request();
        ledger.leftUnknown(ServerUrl.parse(SERVER), request, who, States.sending(7));
        assertThat(ledger.attempts().forKey(KEY, "")).containsExactly(attempt("run 1"));
        assertThat(ledger.unclaimedRequests().others(KEY, "run 2", true)).isEmpty();
        assertThat(next.waits()).isFalse();
        long place = ledger.attempts().placeOf(attempt("run 1"));
        timing.advance(Ledger.GOES_ON);
        assertThat(ledger.attempts().placeOf(attempt("run 1"))).as("once").isEqualTo(place);
        write();
        assertThat(lines()).contains(LedgerLine.forRun(Kind.OVER, "run 1", SERVER));
        restart();
        assertThat(ledger.unclaimedRequests().leftBy()).isEmpty();
    }

    @Test
    void whatIsLeftOpenTellsHowFarItHadCome() {
        for (String run : List.of("nothing", "sent", "refused", "doubted", "claimed", "unknown", "goes on")) {
            enter(run);
        }
        for (String run : List.of("sent", "refused", "doubted", "claimed", "unknown")) {
            ledger.sends(attempt(run), States.sending(7));
        }
        ledger.runs().reach("refused", SERVER, States.sending(7).planned());
        ledger.unclaimedRequests().land("refused");
        ledger.runs().reach("doubted", SERVER, States.sending(7).plannedAnew(true, true));
        ledger.doubts().note(attempt("doubted"));
        ledger.unclaimedRequests().land("doubted");
        claim("claimed", 8);
        ledger.attempts().note(attempt("unknown"));
        ledger.unclaimedRequests().land("unknown");
        write();
        restart();
        enter("goes on");
        assertThat(ledger.left())
                .extracting(open -> open.owner() + " " + open.state())
                .containsExactly(
                        "nothing PLANNED",
                        "sent SENDING above 7",
                        "refused PLANNED",
                        "doubted SENDING above 7",
                        "claimed DONE",
                        "unknown SENDING above 7");
        assertThat(ledger.left().get(0).request()).isEqualTo(REQUEST);
        assertThat(ledger.left().get(0).source()).isEqualTo(RunFixture.SOURCE);
    }

    @Test
    void whatNobodyFindsOutAboutHasEndedUnknown() {
        enter("sent");
        ledger.turns().enter(KEY, "sent");
        ledger.unclaimedRequests().takeOff(attempt("sent"), null);
        enter("doubted");
        ledger.doubts().note(attempt("doubted"));
        write();
        restart();
        TurnQueue.Turn next = ledger.turns().enter(KEY, "next");
        ledger.left().forEach(ledger::giveUp);
        assertThat(ledger.left()).isEmpty();
        assertThat(next.waits()).isFalse();
        assertThat(ledger.attempts().forKey(KEY, "")).containsExactly(attempt("sent"), attempt("doubted"));
        ledger.kept();
        write();
        restart();
        assertThat(ledger.left()).isEmpty();
    }

    @Test
    void theWordsForWhatHasHappenedStandInFiles() {
        assertThat(Kind.values())
                .extracting(Kind::name)
                .containsExactly(
                        "BEGUN",
                        "ENTERED",
                        "REACHED",
                        "QUEUED",
                        "LEFT",
                        "SENDING",
                        "LANDED",
                        "DOUBTED",
                        "CLAIMED",
                        "UNKNOWN",
                        "SETTLED",
                        "OVERTAKEN",
                        "OVER",
                        "MOVED");
    }

    @Test
    void aRenameIsNotedOnlyWhereItConcernsSomebody() {
        ledger.moved("app", "live");
        write();
        assertThat(disk.text(FILE)).isNull();
        disk.put(FILE, "?\n");
        restart();
        ledger.moved("app", "live");
        write();
        assertThat(disk.text(FILE)).as("it may concern what is lost").contains("\"MOVED\"");
    }

    /** Where not all lines fit, the first ones go. */
    @Test
    void noRunThatHasEndedPushesOutWhatAnotherMayHaveSent() {
        enter("victim");
        ledger.sends(attempt("victim"), States.sending(7));
        ledger.attempts().note(attempt("unknown"));
        for (int i = 0; i < MOST; i++) {
            enter("flood " + i);
            ledger.over("flood " + i, SERVER);
        }
        List<String> runs = ledger.worthKeeping().stream()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .filter(line -> line.kind() != Kind.BEGUN)
                .map(LedgerLine::run)
                .toList();
        assertThat(runs).hasSize(2 * MOST + 3);
        assertThat(runs.subList(0, 2 * MOST)).allMatch(run -> run.startsWith("flood"));
    }

    @Test
    void whatEndedIsReadInAnyOrder() {
        enter("open");
        enter("ended");
        ledger.over("ended", SERVER);
        String id = ledger.id();
        List<String> kept = ledger.worthKeeping();
        restart();
        disk.put(FILE, String.join("\n", kept) + "\n");
        restart();
        assertThat(ledger.id()).isEqualTo(id);
        assertThat(ledger.left()).extracting(OpenRun::owner).containsExactly("open");
        assertThat(ledger.endedByBuild()).containsExactly(Map.entry("build of ended", "ended"));
    }
}
