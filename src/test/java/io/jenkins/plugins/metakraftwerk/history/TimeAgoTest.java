package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeAgoTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5M, just now",
        "PT59S, just now",
        "PT1M, 1 min ago",
        "PT59M59S, 59 min ago",
        "PT3H59M, 3 h ago",
        "P1D, 1 d ago",
        "PT1439H, 59 d ago",
        "P60D, 2 mo ago",
        "P729D, 24 mo ago",
        "P730D, 2 y ago"
    })
    void inFewLetters(Duration since, String text) {
        assertThat(TimeAgo.since(since)).isEqualTo(text);
    }
}
