package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what a build does in vain, the audit log says enough to see it, and no more. */
class UnsentAttemptsTest {

    private final UnsentAttempts attempts = new UnsentAttempts();
    private final List<AuditLine> written = new ArrayList<>();

    private void add(String event, String job, int number, int times) {
        for (int i = 1; i <= times; i++) {
            written.addAll(attempts.add(AuditedAttempts.line(event, job, number, event + " " + i)));
        }
    }

    private List<String> texts() {
        return texts(written);
    }

    private static List<String> texts(List<AuditLine> lines) {
        return lines.stream()
                .map(line -> line.attempt().job() + " #" + line.attempt().number() + " "
                        + line.attempt().reason() + ", " + line.count())
                .toList();
    }

    @Test
    void theFirstIsWrittenAndThenEveryTenTimesAsMany() {
        add("refused", "job", 7, 12_345);
        assertThat(texts())
                .containsExactly(
                        "job #7 refused 1, null",
                        "job #7 refused 10, 10",
                        "job #7 refused 100, 100",
                        "job #7 refused 1000, 1000",
                        "job #7 refused 10000, 10000");
        assertThat(texts(attempts.ended("job", 7))).containsExactly("job #7 refused 12345, 12345");
        assertThat(attempts.ended("job", 7)).isEmpty();
    }

    @Test
    void whatIsWrittenAlreadyIsNotSaidAgainAtTheEnd() {
        add("refused", "job", 1, 1);
        add("failed", "job", 1, 10);
        assertThat(attempts.ended("job", 1)).isEmpty();
    }

    @Test
    void eachBuildAndEachKindOfEndHasItsOwnCount() {
        add("refused", "job", 1, 2);
        add("refused", "job", 2, 3);
        add("refused", "other", 1, 4);
        add("failed", "job", 1, 5);
        assertThat(texts())
                .containsExactly(
                        "job #1 refused 1, null",
                        "job #2 refused 1, null",
                        "other #1 refused 1, null",
                        "job #1 failed 1, null");
        assertThat(texts(attempts.ended("job", 1)))
                .containsExactlyInAnyOrder("job #1 refused 2, 2", "job #1 failed 5, 5");
        assertThat(texts(attempts.all())).containsExactlyInAnyOrder("job #2 refused 3, 3", "other #1 refused 4, 4");
    }

    @Test
    void ofTooManyBuildsNothingIsForgottenUnsaid() {
        for (int build = 0; build <= UnsentAttempts.MOST; build++) {
            add("refused", "job", build, build < 2 ? 3 : 1);
            // Builds that go on are not those that are given up.
            add("refused", "job", 1, 1);
        }
        assertThat(texts()).contains("job #0 refused 3, 3");
        assertThat(texts(attempts.ended("job", 0))).isEmpty();
        assertThat(attempts.ended("job", 1)).hasSize(1);
    }
}
