package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.store.Lines;
import org.junit.jupiter.api.Test;

/** The longest entry fits into a line, and targets whose long names differ at their ends only are two. */
class LongestEntryTest {

    private static final String TEXT = LongTexts.WIDE;
    private static final Long ID = Long.MAX_VALUE;

    @Test
    void itsLineFits() {
        AttemptRecord longest = Attempts.longest(TEXT, null);
        HistoryLine line = new HistoryLine(TargetKey.of(longest), longest);
        assertThat(HistoryLine.read(Lines.checked(line.toString()))).contains(line);
        AttemptRecord withIds = Attempts.longest(TEXT, ID);
        Lines.checked(new HistoryLine(TargetKey.of(withIds), withIds).toString());
    }

    @Test
    void theWholeNameCounts() {
        assertThat(TargetKey.of(Attempts.longest(TEXT, null))).isEqualTo(TargetKey.of(Attempts.longest(TEXT, null)));
        assertThat(TargetKey.of(Attempts.longest(TEXT + "€", null)))
                .isNotEqualTo(TargetKey.of(Attempts.longest(TEXT, null)));
        assertThat(Attempts.longest(TEXT, null).of(TEXT)).isEqualTo(Attempts.longest(TEXT, null));
    }
}
