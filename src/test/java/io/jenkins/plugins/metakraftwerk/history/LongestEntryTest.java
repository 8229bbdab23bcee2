package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.deploy.Lines;
import org.junit.jupiter.api.Test;

/** The longest entry fits into a line, and targets whose long names differ at their ends only are two. */
class LongestEntryTest {

    private static final String TEXT = LongTexts.WIDE;
    private static final Long ID = Long.MAX_VALUE;

    private static HistoryEntry entry(String name, Long id) {
        String owner = "o".repeat(75) + "€".repeat(255) + "#" + Integer.MAX_VALUE;
        return new HistoryEntry(
                owner,
                TEXT,
                "https://" + "a".repeat(247),
                name,
                id,
                name,
                id,
                ID,
                TEXT,
                ID,
                TEXT,
                TEXT,
                "SKIPPED",
                TEXT,
                TEXT,
                "SERVER",
                Long.MAX_VALUE,
                TEXT,
                Integer.MAX_VALUE,
                TEXT,
                LongTexts.MANY,
                true);
    }

    @Test
    void itsLineFits() {
        HistoryEntry longest = entry(TEXT, null);
        HistoryLine line = new HistoryLine(TargetKey.of(longest), longest);
        assertThat(HistoryLine.read(Lines.checked(line.toString()))).contains(line);
        HistoryEntry withIds = entry(TEXT, ID);
        Lines.checked(new HistoryLine(TargetKey.of(withIds), withIds).toString());
    }

    @Test
    void theWholeNameCounts() {
        assertThat(TargetKey.of(entry(TEXT, null))).isEqualTo(TargetKey.of(entry(TEXT, null)));
        assertThat(TargetKey.of(entry(TEXT + "€", null))).isNotEqualTo(TargetKey.of(entry(TEXT, null)));
        assertThat(entry(TEXT, null).of(TEXT)).isEqualTo(entry(TEXT, null));
    }
}
