package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import org.junit.jupiter.api.Test;

/** The longest entry fits into a line, and targets whose long names differ at their ends only are two. */
class LongestEntryTest {

    private static final String TEXT = LongTexts.WIDE;
    private static final Long ID = Long.MAX_VALUE;

    @Test
    void itsLineFits() {
        AttemptRecord longest = Attempts.longest(TEXT, null);
        HistoryLine line = new HistoryLine(TargetKey.from(longest), longest);
        assertThat(HistoryLine.read(LineLimits.checked(line.toString()))).contains(line);
        AttemptRecord withIds = Attempts.longest(TEXT, ID);
        LineLimits.checked(new HistoryLine(TargetKey.from(withIds), withIds).toString());
    }

    @Test
    void theWholeNameCounts() {
        assertThat(TargetKey.from(Attempts.longest(TEXT, null)))
                .isEqualTo(TargetKey.from(Attempts.longest(TEXT, null)));
        assertThat(TargetKey.from(Attempts.longest(TEXT + "€", null)))
                .isNotEqualTo(TargetKey.from(Attempts.longest(TEXT, null)));
        assertThat(Attempts.longest(TEXT, null).withJob(TEXT)).isEqualTo(Attempts.longest(TEXT, null));
    }
}
