package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that may have brought a record, also those of a process before. */
class FlightsTest {

    private static final RequestKey KEY = key(5139);
    private static final RequestKey OTHER = key(5140);
    private static final Path FILE = Path.of("ledger");

    private final VirtualTiming timing = new VirtualTiming();
    private final MemoryDisk disk = new MemoryDisk();
    private Ledger ledger = restarted();

    private static RequestKey key(long build) {
        return new RequestKey("https://a", build, "P", null, "D", null);
    }

    private Ledger restarted() {
        timing.forget();
        var journal = new Journal(new JournalFile(disk, FILE), Runnable::run, timing, 100);
        return new Ledger(timing, journal);
    }

    private void restart() {
        ledger = restarted();
    }

    private static Place at(String job) {
        return new Place(job, 3, job + " #3");
    }

    private UnknownAttempt attempt(RequestKey key, String run) {
        RunIdentity who = new RunIdentity(run, "build of " + run, () -> at("job of " + run));
        return UnknownAttempt.of(key, null, who, 7, timing.now());
    }

    /** Answers what other runs see of it. */
    private Flights.Flight takeOff(RequestKey key, String run) {
        Set<Flights.Flight> before = others("");
        ledger.flights().takeOff(attempt(key, run));
        Set<Flights.Flight> now = ledger.flights().others(key, "", false);
        now.removeAll(before);
        return now.iterator().next();
    }

    /** What a run waits for that looks for what somebody else has made. */
    private Set<Flights.Flight> others(String run) {
        return ledger.flights().others(KEY, run, false);
    }

    /** What a run waits for that looks for a record of its own. */
    private Set<Flights.Flight> whileItSeeks(String run) {
        return ledger.flights().others(KEY, run, true);
    }

    private List<String> unknown() {
        return ledger.attempts().of(KEY, "").stream().map(UnknownAttempt::owner).toList();
    }

    private List<LedgerLine> lines() {
        return disk.text(FILE)
                .lines()
                .map(line -> LedgerLine.read(line).orElseThrow())
                .toList();
    }

    @Test
    void requestsOfOthersOnTheirWay() {
        Flights.Flight own = takeOff(KEY, "run 1");
        Flights.Flight other = takeOff(KEY, "run 2");
        takeOff(OTHER, "run 3");
        assertThat(others("run 1")).containsExactly(other);
        assertThat(others("run 2")).containsExactly(own);
        assertThat(whileItSeeks("run 1")).containsExactly(other);
        ledger.flights().seek("run 2");
        assertThat(others("run 1")).containsExactly(other);
        ledger.flights().land("run 2");
        assertThat(others("run 1")).isEmpty();
    }

    @Test
    void ofTwoThatSeekTheirsTheOneWaitsThatHasSentLater() {
        Flights.Flight first = takeOff(KEY, "run 2");
        takeOff(KEY, "run 1");
        ledger.flights().seek("run 1");
        assertThat(whileItSeeks("run 1")).as("it is on its way").containsExactly(first);
        ledger.flights().seek("run 2");
        assertThat(whileItSeeks("run 1")).containsExactly(first);
        assertThat(whileItSeeks("run 2")).isEmpty();
    }

    static Stream<RequestKey> ofThatRecord() {
        return Stream.of(
                KEY,
                new RequestKey("https://a", 5139, " p ", null, "d", null),
                new RequestKey("https://a", 5139, null, 11L, null, 21L),
                new RequestKey("https://a", 5139, "P", null, null, 21L));
    }

    static Stream<RequestKey> ofOtherRecords() {
        return Stream.of(
                new RequestKey("https://b", 5139, "P", null, "D", null),
                OTHER,
                new RequestKey("https://a", 5139, "Q", null, "D", null),
                new RequestKey("https://a", 5139, "P", null, "E", null),
                new RequestKey("https://a", 5139, "Q", null, null, 21L));
    }

    @ParameterizedTest
    @MethodSource("ofThatRecord")
    void whoeverMayBringThatRecordIsWaitedFor(RequestKey key) {
        ledger.flights().takeOff(attempt(key, "run 1"));
        assertThat(others("run 2")).hasSize(1);
        assertThat(KEY.mayBringThatOf(key)).as("the other way round").isTrue();
        restart();
        assertThat(whileItSeeks("run 2")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("ofOtherRecords")
    void whoeverBringsAnotherIsNot(RequestKey key) {
        ledger.flights().takeOff(attempt(key, "run 1"));
        assertThat(others("run 2")).isEmpty();
        assertThat(KEY.mayBringThatOf(key)).as("the other way round").isFalse();
        restart();
        assertThat(whileItSeeks("run 2")).isEmpty();
    }

    @Test
    void idsThatDifferAreTwoWhateverTheNames() {
        RequestKey one = new RequestKey("https://a", 5139, null, 11L, null, 21L);
        assertThat(one.mayBringThatOf(new RequestKey("https://a", 5139, null, 12L, null, 21L)))
                .isFalse();
        assertThat(one.mayBringThatOf(new RequestKey("https://a", 5139, null, 11L, null, 22L)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasLeftIsWaitedForByAll(boolean sought) {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        if (sought) {
            ledger.flights().seek("run 1");
            ledger.flights().seek("run 2");
        }
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 1", "run 2");
        assertThat(whileItSeeks("run 1")).as("whichever was first").hasSize(1);
        assertThat(whileItSeeks("run 2")).hasSize(1);
        assertThat(whileItSeeks("run 3")).hasSize(2);
        assertThat(others("run 3")).hasSize(2);
    }

    static Stream<Named<Consumer<Ledger>>> ends() {
        BuildDeployment record = new BuildDeployment(8L, 5139L, 11L, 21L, null, null, null);
        RunIdentity who = new RunIdentity("run 1", "build of run 1", "app #1");
        return Stream.of(
                Named.of("landed", ledger -> ledger.flights().land("run 1")),
                Named.of("claimed", ledger -> ledger.claims().own(KEY, record, "run 1", Duration.ZERO)),
                Named.of("unknown", ledger -> ledger.attempts().note(KEY, null, who, 7)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatHasEndedWasNotLeft(Consumer<Ledger> end) {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        end.accept(ledger);
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 2");
        assertThat(others("run 3")).hasSize(1);
    }

    @Test
    void whoGoesOnKeepsItsPlace() {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        restart();
        ledger.flights().takeOff(attempt(KEY, "run 3"));
        ledger.flights().seek("run 3");
        ledger.flights().goOn(attempt(KEY, "run 2"));
        ledger.flights().goOn(attempt(KEY, "run 1"));
        assertThat(ledger.flights().leftBy()).isEmpty();
        assertThat(whileItSeeks("run 1")).isEmpty();
        assertThat(whileItSeeks("run 2")).hasSize(1);
        assertThat(whileItSeeks("run 3")).hasSize(2);
        assertThat(lines()).extracting(LedgerLine::run).as("a line each").containsExactly("run 1", "run 2", "run 3");
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 1", "run 2", "run 3");
    }

    @Test
    void whoGoesOnThoughThatWasNotNotedIsOneFromNowOn() {
        ledger.flights().goOn(attempt(KEY, "run 1"));
        takeOff(KEY, "run 2");
        ledger.flights().seek("run 2");
        assertThat(whileItSeeks("run 1")).isEmpty();
        assertThat(whileItSeeks("run 2")).hasSize(1);
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 1", "run 2");
    }

    @Test
    void whatNobodyGoesOnWithHasEndedUnknown() {
        takeOff(KEY, "run 1");
        restart();
        timing.advance(Ledger.GOES_ON.minusMillis(1));
        assertThat(others("run 2")).hasSize(1);
        assertThat(unknown()).isEmpty();
        timing.advance(Duration.ofMillis(1));
        assertThat(others("run 2")).isEmpty();
        assertThat(ledger.flights().leftBy()).isEmpty();
        assertThat(ledger.attempts().of(KEY, "")).containsExactly(attemptOfTheBeginning());
        restart();
        assertThat(ledger.flights().leftBy()).isEmpty();
        assertThat(ledger.attempts().of(KEY, "")).containsExactly(attemptOfTheBeginning());
    }

    /** Its days count from when it was sent. */
    private static UnknownAttempt attemptOfTheBeginning() {
        RunIdentity who = new RunIdentity("run 1", "build of run 1", () -> at("job of run 1"));
        return UnknownAttempt.of(KEY, null, who, 7, new VirtualTiming().now());
    }

    @Test
    void whoGoesOnInTimeIsNotGivenUp() {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        restart();
        timing.advance(Ledger.GOES_ON.minusMillis(1));
        ledger.flights().goOn(attempt(KEY, "run 1"));
        timing.advance(Duration.ofMillis(1));
        assertThat(unknown()).containsExactly("run 2");
        assertThat(others("run 3")).hasSize(1);
    }

    @Test
    void whatThisProcessHasSentIsNotGivenUp() {
        takeOff(KEY, "run 1");
        restart();
        takeOff(KEY, "run 2");
        timing.advance(Ledger.GOES_ON);
        assertThat(unknown()).containsExactly("run 1");
        assertThat(others("run 3")).hasSize(1);
    }

    /** A rename before the end of the first process, and one after. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobIsFollowedMeanwhile(boolean between) {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        ledger.moved("job of run 1", "moved");
        if (between) {
            restart();
        }
        ledger.moved("moved", "renamed");
        ledger.moved("job of run 2", null);
        restart();
        timing.advance(Ledger.GOES_ON);
        assertThat(ledger.attempts().place("run 1")).contains(new Place("renamed", 3, "job of run 1 #3"));
        assertThat(ledger.attempts().of(KEY, "run 1"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.place()).isEqualTo(new Place(null, 3, null)));
    }

    /** As while lines about another server are damaged, and runs on this one go on. */
    @Test
    void whatLandsWhileTheFileIsReadAgainIsNotLeft() {
        disk.put(FILE, "?\n");
        restart();
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        timing.advance(Duration.ofSeconds(10));
        disk.beforeForce(() -> {
            disk.beforeForce(() -> {});
            ledger.flights().land("run 1");
        });
        TestClients.get(ledger.look());
        assertThat(ledger.flights().leftBy()).isEmpty();
        assertThat(others("run 3")).hasSize(1);
        timing.advance(Ledger.GOES_ON);
        assertThat(unknown()).isEmpty();
    }

    /** It has gone on, and done nothing. */
    @Test
    void whatLandsBeforeTheFileCanBeReadIsNotLeft() {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        disk.fail(MemoryDisk.Op.READ);
        restart();
        ledger.flights().land("run 1");
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        TestClients.get(ledger.look());
        assertThat(ledger.flights().leftBy()).containsExactly("run 2");
        restart();
        assertThat(ledger.flights().leftBy()).containsExactly("run 2");
    }

    @Test
    void whatCanBeReadOnlyLaterIsLeftThen() {
        takeOff(KEY, "run 1");
        takeOff(KEY, "run 2");
        disk.fail(MemoryDisk.Op.READ);
        restart();
        takeOff(KEY, "run 3");
        ledger.flights().goOn(attempt(KEY, "run 2"));
        disk.fail();
        timing.advance(Duration.ofSeconds(10));
        TestClients.get(ledger.look());
        assertThat(ledger.flights().leftBy()).containsExactly("run 1");
        assertThat(others("run 4")).hasSize(3);
        timing.advance(Ledger.GOES_ON);
        assertThat(unknown()).containsExactly("run 1");
        assertThat(others("run 4")).hasSize(2);
    }
}
