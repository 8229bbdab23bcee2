package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.entry;
import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static io.jenkins.plugins.metakraftwerk.history.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerSpan;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is known of a target, after one attempt and after the other. */
class TargetLinesTest {

    private static final LedgerSpan LATER = new LedgerSpan("ledger", 0, 0, 1_000);

    private final TargetLines targets = new TargetLines();

    private void add(AttemptRecord... entries) {
        for (AttemptRecord entry : entries) {
            targets.add(new HistoryLine(targets.keyOf(entry), entry));
        }
    }

    private TargetLine only() {
        assertThat(targets.lines()).hasSize(1);
        return targets.lines().get(0);
    }

    @Test
    void whatWasLearnedLastIsThere() {
        add(landed("b", 9, 5140, 2), landed("a", 9, 5139, 1));
        assertThat(only().now().owner()).isEqualTo("b");
        assertThat(only().key()).isEqualTo(new TargetKey(Entries.URL, "#7", "#9"));
    }

    @Test
    void aFailureChangesNothingButIsTheLast() {
        add(landed("a", 9, 5139, 1), open("b", "FAILED", "D9", 5140, 2));
        assertThat(only().now().owner()).isEqualTo("a");
        assertThat(only().perhaps()).isNull();
        assertThat(only().last().owner()).isEqualTo("b");
        assertThat(only().last().patternId()).as("known by its target").isEqualTo(7);
        assertThat(only().last().deploymentId()).isEqualTo(9);
    }

    @Test
    void anUnknownAttemptStandsBesideWhatIsThereUntilSomethingLands() {
        add(landed("a", 9, 5139, 1), open("b", "UNKNOWN", "D9", 5140, 2));
        assertThat(only().now().owner()).isEqualTo("a");
        assertThat(only().perhaps().buildId()).isEqualTo(5140);

        add(landed("c", 9, 5141, 3));
        assertThat(only().perhaps()).isNull();
    }

    @Test
    void whatAPersonSaysTakesThePlaceOfAnUnknownAttempt() {
        AttemptRecord unknown = open("b", "UNKNOWN", "D9", 5140, 2);
        add(landed("a", 9, 5139, 1), unknown, unknown.said("ann", null, LATER, Instant.ofEpochMilli(3)));
        assertThat(only().perhaps()).isNull();
        assertThat(only().now().owner()).isEqualTo("a");

        AttemptRecord other = open("c", "UNKNOWN", "D9", 5141, 4);
        add(other, other.said("ann", 99_999L, LATER, Instant.ofEpochMilli(5)));
        assertThat(only().now().saidBy()).isEqualTo("ann");
        assertThat(only().now().buildId()).isEqualTo(5141);
    }

    @Test
    void whatTheAttemptItselfLearnsLaterCountsInsteadOfAPersonsWord() {
        AttemptRecord unknown = open("b", "UNKNOWN", "D9", 5140, 2);
        add(landed("a", 9, 5139, 1), unknown, unknown.said("ann", 99_999L, LATER, Instant.ofEpochMilli(3)));
        add(landed("b", 9, 5140, 4));
        assertThat(only().now().buildDeploymentId()).isEqualTo(51_400);
        assertThat(only().standing()).noneMatch(entry -> entry.saidBy() != null);
    }

    @Test
    void theRecordOfAnUnknownAttemptTakesItsPlace() {
        AttemptRecord unknown = open("a", "UNKNOWN", "D9", 5139, 1);
        add(unknown, entry("a", "DWH", 7L, "D9", 9L, 5139, 1L, "ADOPTED", 1));
        assertThat(only().now().outcome()).isEqualTo("ADOPTED");
        assertThat(only().perhaps()).isNull();
    }

    @Test
    void whatIsOnlyFoundStaysWithWhoBroughtIt() {
        add(landed("a", 9, 5139, 1), entry("b", "DWH", 7L, "D9", 9L, 5139, 51_390L, "SKIPPED", 5));
        assertThat(only().now().owner()).isEqualTo("a");
        add(entry("c", "DWH", 7L, "D9", 9L, 5139, 51_391L, "SKIPPED", 6));
        assertThat(only().now().owner()).as("somebody else brought it again").isEqualTo("c");
    }

    @Test
    void namesFollowTheIdsThatAreKnownLastForThem() {
        add(landed("old", 9, 1, 1), entry("new", "DWH", 7L, "D9", 10L, 2, 2L, "CREATED", 2));
        assertThat(targets.keyOf(open("x", "FAILED", "D9", 3, 3)).deployment()).isEqualTo("#10");
        assertThat(targets.keyOf(open("x", "FAILED", "other", 3, 3)))
                .isEqualTo(new TargetKey(Entries.URL, "DWH", "other"));
        assertThat(targets.keyOf(open("x", "FAILED", "#9", 3, 3)).ofIds())
                .as("a name that looks like an id")
                .isFalse();
    }

    @Test
    void whatWasFiledUnderNamesMovesToTheIdsOnceTheyAreKnown() {
        add(open("a", "UNKNOWN", "D9", 1, 5), landed("b", 9, 2, 4));
        assertThat(only().key().ofIds()).isTrue();
        assertThat(only().perhaps().owner()).isEqualTo("a");
    }

    @Test
    void namesOfOneJobFindTheIdsOfAnother() {
        targets.add(TargetLine.from(new TargetKey(Entries.URL, "DWH", "D9"), open("a", "FAILED", "D9", 1, 5)));
        AttemptRecord there = landed("b", 9, 2, 4);
        targets.add(TargetLine.from(TargetKey.from(there), there));
        targets.settle();
        assertThat(only().now().owner()).isEqualTo("b");
        assertThat(only().last().owner()).isEqualTo("a");
    }

    @Test
    void aBuildIsThereSinceItCameFirst() {
        add(brought("a", 1, 1), brought("b", 2, 2), brought("c", 2, 3), brought("d", 2, 4));
        assertThat(only().now().owner()).isEqualTo("d");
        assertThat(only().came().owner()).isEqualTo("b");
        TargetLines again = new TargetLines();
        targets.asFiled().forEach(again::add);
        assertThat(again.lines()).as("after a restart").isEqualTo(targets.lines());
        add(brought("e", 1, 5), brought("f", 2, 6));
        assertThat(only().came().owner()).as("with another one in between").isEqualTo("f");
    }

    /** Of two jobs. */
    @Test
    void aBuildOfAnotherJobMayHaveBeenThereInBetween() {
        TargetLine mine = line(brought("a", 2, 1)).and(line(brought("c", 2, 3)));
        TargetLine other = line(brought("b", 1, 2));
        assertThat(mine.came().owner()).isEqualTo("a");
        assertThat(mine.and(other).came().owner()).isEqualTo("c");
        assertThat(other.and(mine).came().owner()).isEqualTo("c");
    }

    private static TargetLine line(AttemptRecord entry) {
        return TargetLine.from(TargetKey.from(entry), entry);
    }

    /** With a record of its own. */
    private static AttemptRecord brought(String owner, long build, long time) {
        return entry(owner, "DWH", 7L, "D9", 9L, build, 100 + time, "CREATED", time);
    }

    @Test
    void aNameThatIsKnownStaysWhereOnlyIdsAreGiven() {
        add(landed("a", 9, 1, 1), entry("b", null, 7L, null, 9L, 2, 20L, "CREATED", 2));
        assertThat(only().now().pattern()).isEqualTo("DWH");
        assertThat(only().now().deployment()).isEqualTo("D9");
    }

    @Test
    void whatWasNotUsedForLongestIsForgotten() {
        add(landed("a", 1, 1, 3), landed("b", 2, 1, 1), landed("c", 3, 1, 2));
        targets.keep(2);
        assertThat(targets.lines()).extracting(line -> line.last().owner()).containsExactly("a", "c");
    }

    @Test
    void anAddressIsTheBeginningOfAHash() {
        assertThat(TargetKey.from(landed("a", 9, 1, 1)).hash()).matches("[0-9a-f]{16}");
    }
}
