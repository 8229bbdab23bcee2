package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerSpan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What gives way where a build makes more attempts than it keeps, and that this is counted. */
class KeptAttemptsTest {

    private static final LedgerSpan LATER = new LedgerSpan("ledger", 0, 0, 1_000);

    private final KeptAttempts kept = new KeptAttempts(0);

    private static AttemptRecord failed(String owner) {
        return Attempts.ended(owner, "FAILED", null, "a reason");
    }

    private static AttemptRecord unknown(String owner) {
        return Attempts.ended(owner, "UNKNOWN", null, "a reason");
    }

    private static AttemptRecord created(String owner) {
        return Attempts.ended(owner, "CREATED", 9L, null);
    }

    private static AttemptRecord adopted(String owner) {
        return Attempts.ended(owner, "ADOPTED", 9L, null);
    }

    private List<String> owners() {
        return kept.all().stream().map(AttemptRecord::owner).toList();
    }

    /** As many as there is room for beside some. */
    private void fill(int beside) {
        for (int i = 0; i < KeptAttempts.MOST - beside; i++) {
            kept.put(created("created " + i));
        }
    }

    @Test
    void whatAPersonSaysStandsForWhatIsUnknownOnlyAndTheAttemptKnowsBetter() {
        AttemptRecord notThere = unknown("a").said("ann", null, LATER, Instant.EPOCH);
        AttemptRecord there = unknown("a").said("bob", 9L, LATER, Instant.EPOCH);
        assertThat(kept.put(unknown("a"))).isTrue();
        assertThat(kept.put(notThere)).isTrue();
        assertThat(kept.put(there)).isFalse();
        assertThat(kept.put(unknown("a"))).as("Brought back, and no wiser").isFalse();
        assertThat(kept.get("a")).contains(notThere);
        assertThat(kept.put(adopted("a"))).isTrue();
        assertThat(kept.put(there)).isFalse();
        assertThat(kept.get("a")).contains(adopted("a"));
    }

    @Test
    void whatChangedNothingGivesWayFirstAndWhatIsNotKnownLast() {
        kept.put(unknown("unknown"));
        fill(3);
        kept.put(failed("first failure"));
        kept.put(failed("second failure"));
        assertThat(kept.leftOut()).isZero();

        kept.put(created("another"));
        assertThat(owners())
                .hasSize(KeptAttempts.MOST)
                .contains("created 0", "second failure")
                .doesNotContain("first failure");
        kept.put(created("one more"));
        assertThat(owners()).contains("created 0").doesNotContain("second failure");
        kept.put(created("too many"));
        assertThat(owners()).startsWith("unknown", "created 1").endsWith("another", "one more", "too many");
        assertThat(kept.leftOut()).isEqualTo(3);
    }

    @Test
    void whatCameLastIsThereInAnyCase() {
        fill(0);
        kept.put(failed("the end of it"));
        assertThat(owners())
                .hasSize(KeptAttempts.MOST)
                .endsWith("the end of it")
                .doesNotContain("created 0");
    }

    @Test
    void whatTheSameRunSaysLaterTakesNoRoom() {
        kept.put(unknown("one"));
        fill(1);
        assertThat(kept.put(created("one"))).isTrue();
        assertThat(kept.put(created("one"))).as("the same again").isFalse();
        assertThat(kept.put(unknown("one"))).as("less").isFalse();
        kept.put(adopted("created 7"));
        assertThat(kept.leftOut()).isZero();
        assertThat(owners()).hasSize(KeptAttempts.MOST).startsWith("one", "created 0");
    }
}
