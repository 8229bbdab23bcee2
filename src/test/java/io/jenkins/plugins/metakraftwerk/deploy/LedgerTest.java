package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of all runs, in one order. */
class LedgerTest {

    private static final String SERVER = "https://a";
    private static final RequestKey KEY = new RequestKey(SERVER, 5139, "P", null, "D", null);
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

    private List<LedgerLine> lines() {
        return disk.text(FILE)
                .lines()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .toList();
    }

    private UnknownAttempt attempt(String run) {
        RunIdentity who = new RunIdentity(run, "build of " + run, "app #1");
        return UnknownAttempt.of(KEY, "agent A", who, 7, timing.now());
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
            ledger.entered("noise " + i, SERVER);
            ledger.over("noise " + i, SERVER);
            write();
        }
    }

    @Test
    void whatIsOpenIsKeptInItsOrderWhenItIsCut() {
        ledger.entered("run 1", SERVER);
        ledger.turns().enter(KEY, "run 1");
        ledger.flights().takeOff(attempt("run 1"));
        ledger.attempts().note(attempt("run 2"));
        ledger.entered("run 3", SERVER);
        claim("run 4", 8);
        ledger.turns().enter(KEY, "run 3");
        ledger.attempts().note(attempt("run 5"));
        ledger.flights().takeOff(attempt("run 6"));
        claim("run 7", 9);
        // What is over among it.
        ledger.flights().takeOff(attempt("run 4"));
        ledger.flights().land("run 4");
        ledger.turns().enter(KEY, "run 8").leave();
        ledger.attempts().note(attempt("run 9"));
        ledger.attempts().settle("run 9");
        ledger.attempts().overtake(attempt("run 5"));
        write();
        List<LedgerLine> open = List.of(
                LedgerLine.of(Kind.ENTERED, "run 1", SERVER),
                LedgerLine.queued("run 1", KEY),
                LedgerLine.of(Kind.SENDING, attempt("run 1")),
                LedgerLine.of(Kind.UNKNOWN, attempt("run 2")),
                LedgerLine.of(Kind.ENTERED, "run 3", SERVER),
                LedgerLine.claimed("run 4", KEY, record(8), timing.now()),
                LedgerLine.queued("run 3", KEY),
                LedgerLine.of(Kind.UNKNOWN, attempt("run 5").overtakenNow()),
                LedgerLine.of(Kind.SENDING, attempt("run 6")),
                LedgerLine.claimed("run 7", KEY, record(9), timing.now()));
        for (int i = 0; i < 3; i++) {
            noise(2 * MOST);
            assertThat(lines())
                    .as("after restart " + i)
                    .hasSizeLessThanOrEqualTo(2 * MOST)
                    .startsWith(open.toArray(LedgerLine[]::new));
            restart();
        }
    }

    @Test
    void aLineThatIsTornNeverWas() {
        ledger.flights().takeOff(attempt("run 1"));
        ledger.flights().takeOff(attempt("run 2"));
        write();
        ledger.flights().land("run 1");
        ledger.flights().land("run 2");
        write();
        String all = disk.text(FILE);
        disk.put(FILE, all.substring(0, all.length() - 2));
        restart();
        assertThat(ledger.trouble(SERVER)).isEmpty();
        assertThat(ledger.flights().leftBy()).containsExactly("run 2");
        ledger.flights().takeOff(attempt("run 3"));
        write();
        restart();
        assertThat(ledger.trouble(SERVER)).isEmpty();
        assertThat(ledger.flights().leftBy()).containsExactly("run 2", "run 3");
    }

    @Test
    void aLossOfPowerTakesOnlyWhatNobodyWasTold() {
        CompletableFuture<Void> first =
                ledger.flights().takeOff(attempt("run 1")).kept();
        write();
        assertThat(first).isCompleted();
        CompletableFuture<Void> second =
                ledger.flights().takeOff(attempt("run 2")).kept();
        assertThat(ledger.kept()).as("all so far").isNotDone();
        disk.fail(MemoryDisk.Op.FORCE, MemoryDisk.Op.TRUNCATE);
        write();
        assertThat(second).isNotDone();
        disk.fail();
        disk.losePower(rest -> 0);
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 1");
    }

    @Test
    void whoHasEnteredIsKnownByItsPlace() {
        long began = ledger.entered("run 1", SERVER);
        ledger.attempts().note(attempt("run 2"));
        assertThat(ledger.entered("run 1", SERVER)).isEqualTo(began);
        assertThat(ledger.attempts().placeOf(attempt("run 2"))).isGreaterThan(began);
        write();
        restart();
        long again = ledger.entered("run 1", SERVER);
        assertThat(ledger.attempts().placeOf(attempt("run 2"))).isGreaterThan(again);
        assertThat(ledger.entered("run 3", SERVER))
                .isGreaterThan(ledger.attempts().placeOf(attempt("run 2")));
        write();
        assertThat(lines())
                .containsExactly(
                        LedgerLine.of(Kind.ENTERED, "run 1", SERVER),
                        LedgerLine.of(Kind.UNKNOWN, attempt("run 2")),
                        LedgerLine.of(Kind.ENTERED, "run 3", SERVER));
    }

    @Test
    void whoIsOverBeginsAnew() {
        ledger.entered("run 1", SERVER);
        ledger.attempts().note(attempt("run 2"));
        ledger.over("run 1", SERVER);
        ledger.over("nobody", SERVER);
        write();
        assertThat(lines()).hasSize(3).last().isEqualTo(LedgerLine.of(Kind.OVER, "run 1", SERVER));
        restart();
        assertThat(ledger.entered("run 1", SERVER))
                .isGreaterThan(ledger.attempts().placeOf(attempt("run 2")));
    }

    @Test
    void whatIsNotedBeforeTheFileCanBeReadComesAfterIt() {
        ledger.entered("run 1", SERVER);
        ledger.attempts().note(attempt("run 2"));
        write();
        disk.fail(MemoryDisk.Op.READ);
        restart();
        long began = ledger.entered("run 3", SERVER);
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
        ledger.entered("run 1", SERVER);
        ledger.turns().enter(KEY, "run 1");
        ledger.flights().takeOff(attempt("run 1"));
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
        assertThat(ledger.attempts().of(KEY, "")).containsExactly(attempt("run 1"));
        assertThat(ledger.flights().others(KEY, "run 2", true)).isEmpty();
        assertThat(next.waits()).isFalse();
        long place = ledger.attempts().placeOf(attempt("run 1"));
        timing.advance(Ledger.GOES_ON);
        assertThat(ledger.attempts().placeOf(attempt("run 1"))).as("once").isEqualTo(place);
        write();
        assertThat(lines()).contains(LedgerLine.of(Kind.OVER, "run 1", SERVER));
        restart();
        assertThat(ledger.flights().leftBy()).isEmpty();
    }

    @Test
    void theWordsForWhatHasHappenedStandInFiles() {
        assertThat(Kind.values())
                .extracting(Kind::name)
                .containsExactly(
                        "ENTERED",
                        "QUEUED",
                        "LEFT",
                        "SENDING",
                        "LANDED",
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
}
