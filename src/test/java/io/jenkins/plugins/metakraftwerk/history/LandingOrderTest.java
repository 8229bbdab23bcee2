package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerSpan;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is there, where answers have come in another order than that in which the server did the work. */
class LandingOrderTest {

    private static final TargetKey KEY = new TargetKey(Entries.URL, "#7", "#9");

    /** One that brought a record, and what the ledger says of it. */
    private static AttemptRecord sent(long record, String ledger, long sent, long ended) {
        return Attempts.spanning(
                Entries.landed("o" + record, 9, record, ended), new LedgerSpan(ledger, sent, sent, ended));
    }

    private static AttemptRecord sent(long record, long sent, long ended) {
        return sent(record, "ledger", sent, ended);
    }

    private static AttemptRecord found(long record, long time) {
        return Attempts.spanning(
                Entries.entry("f" + time, "DWH", 7L, "D9", 9L, record, record * 10, "SKIPPED", time),
                new LedgerSpan("ledger", 0, 0, time));
    }

    private static TargetLine line(AttemptRecord... entries) {
        return Stream.of(entries)
                .map(entry -> TargetLine.from(KEY, entry))
                .reduce(TargetLine::and)
                .orElseThrow();
    }

    private static List<Long> order(AttemptRecord... entries) {
        return LandingOrder.inOrder(Stream.of(entries)
                        .sorted(Comparator.comparingLong(AttemptRecord::time).reversed())
                        .toList())
                .stream()
                .map(AttemptRecord::buildId)
                .toList();
    }

    @Test
    void ofTwoThatWereOnTheirWayAtOnceTheHigherRecordIsThere() {
        AttemptRecord slow = sent(6201, 1, 4);
        AttemptRecord fast = sent(6202, 2, 3);
        assertThat(line(fast, slow).now().buildId()).isEqualTo(6202);
        assertThat(line(slow, fast).now().buildId()).isEqualTo(6202);
        assertThat(order(fast, slow)).containsExactly(6202L, 6201L);
    }

    @Test
    void whatWasSentAfterTheEndIsThereWhateverItsRecord() {
        AttemptRecord before = sent(6202, 1, 2);
        AttemptRecord restored = sent(5, 3, 4);
        assertThat(line(restored, before).now().buildId()).isEqualTo(5);
        assertThat(order(restored, before)).containsExactly(5L, 6202L);
    }

    @Test
    void ofThreeEachAfterAnotherOneIsThereAndTheRestFollows() {
        // The ids have begun anew while the second was on its way.
        AttemptRecord first = sent(9, 1, 2);
        AttemptRecord second = sent(10, 1, 5);
        AttemptRecord third = sent(3, 3, 4);
        assertThat(order(first, second, third)).containsExactly(10L, 3L, 9L);
        assertThat(line(first, second, third).now().buildId()).isEqualTo(10);
    }

    @Test
    void whatWasOnlyFoundStandsByItsRecord() {
        AttemptRecord brought = sent(6202, 1, 2);
        assertThat(line(brought, found(6203, 3)).now().buildId()).isEqualTo(6203);
        assertThat(line(brought, found(6201, 3)).now().buildId()).isEqualTo(6202);
        assertThat(line(brought, found(6202, 3)).now().owner()).isEqualTo("o6202");
        assertThat(line(found(6203, 3), sent(4, 5, 6)).now().buildId())
                .as("sent since")
                .isEqualTo(4);
    }

    @Test
    void acrossLedgersTheClockTells() {
        AttemptRecord before = sent(6202, "one", 1_000, 2_000);
        AttemptRecord after = sent(5, "other", 3_000, 4_000);
        assertThat(line(after, before).now().buildId()).isEqualTo(5);
        AttemptRecord beside = sent(5, "other", 1_500, 4_000);
        assertThat(line(beside, before).now().buildId()).isEqualTo(6202);
    }

    @Test
    void clocksThatContradictEachOtherLeaveTheHighestRecord() {
        AttemptRecord one = Attempts.spanning(Entries.landed("a", 9, 1, 1), new LedgerSpan("one", 1, 10, 2));
        AttemptRecord other = Attempts.spanning(Entries.landed("b", 9, 2, 1), new LedgerSpan("other", 1, 10, 2));
        assertThat(line(one, other).now().buildId()).isEqualTo(2);
        assertThat(order(one, other)).containsExactly(2L, 1L);
    }

    @Test
    void anUnknownOneIsOpenUntilSomethingWasSentOrFoundAfterIt() {
        AttemptRecord unknown = Attempts.spanning(open("u", "UNKNOWN", "D9", 7, 3), new LedgerSpan("ledger", 1, 1, 3));
        assertThat(line(unknown, sent(8, 2, 5)).perhaps()).isNotNull();
        assertThat(line(unknown, sent(8, 4, 5)).perhaps()).isNull();
        assertThat(line(unknown, found(8, 5)).perhaps()).isNull();
        assertThat(line(unknown, found(8, 2)).perhaps()).isNotNull();
    }

    @Test
    void thousandsStayInOrder() {
        AttemptRecord[] all = IntStream.rangeClosed(1, 2_000)
                .mapToObj(i -> sent(i, 2 * i, 2 * i + 1))
                .toArray(AttemptRecord[]::new);
        assertThat(order(all)).isSortedAccordingTo(Comparator.reverseOrder()).hasSize(all.length);
        assertThat(line(all).standing()).hasSize(1);
    }
}
