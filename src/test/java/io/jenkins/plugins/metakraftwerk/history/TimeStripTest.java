package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static io.jenkins.plugins.metakraftwerk.history.Entries.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeStripTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    private static AttemptRecord build(long id, Duration ago) {
        return landed("b" + id + ago, 9, id, NOW.minus(ago).toEpochMilli());
    }

    private static List<String> pieces(AttemptRecord... attempts) {
        return TimeStrip.from(List.of(attempts), NOW).getPieces().stream()
                .map(piece -> "%s %s from %.2f for %.2f"
                        .formatted(piece.getKind(), piece.getLabel(), piece.getX(), piece.getWidth()))
                .toList();
    }

    @Test
    void whatIsThereNowGoesOnAndWhatWasBeforeBeginsWithTheStrip() {
        assertThat(pieces(build(3, Duration.ofDays(6)), build(2, Duration.ofDays(15)), build(1, Duration.ofDays(90))))
                .containsExactly(
                        "even 1 from 0.00 for 50.00", "odd 2 from 50.00 for 30.00", "even 3 from 80.00 for 20.00");
        assertThat(pieces(build(2, Duration.ofDays(40)), build(1, Duration.ofDays(50))))
                .as("what was over before is not drawn")
                .containsExactly("even 2 from 0.00 for 100.00");
    }

    @Test
    void theSameAgainAndWhatHasNotLandedChangesNothing() {
        AttemptRecord failed =
                open("f", "FAILED", "D9", 5, NOW.minus(Duration.ofDays(1)).toEpochMilli());
        AttemptRecord unknown =
                open("u", "UNKNOWN", "D9", 6, NOW.minus(Duration.ofDays(1)).toEpochMilli());
        assertThat(pieces(unknown, failed, build(1, Duration.ofDays(3)), build(1, Duration.ofDays(15))))
                .containsExactly("even 1 from 50.00 for 50.00");
        assertThat(TimeStrip.from(List.of(failed, unknown), NOW)).isNull();
    }

    @Test
    void whatIsTooNarrowIsDrawnTogether() {
        List<TimeStrip.Piece> pieces = TimeStrip.from(
                        List.of(
                                build(5, Duration.ofDays(3)),
                                build(4, Duration.ofDays(3).plusMinutes(20)),
                                build(3, Duration.ofDays(3).plusMinutes(40)),
                                build(2, Duration.ofDays(3).plusMinutes(60)),
                                build(1, Duration.ofDays(15))),
                        NOW)
                .getPieces();
        assertThat(pieces).extracting(TimeStrip.Piece::getKind).containsExactly("even", "several", "even");
        assertThat(pieces.get(1).getTitle()).startsWith("3 builds: ");
        assertThat(pieces.get(2).getTitle()).startsWith("5: ").endsWith(" to now");
    }

    @Test
    void whatHasJustComeIsSeen() {
        assertThat(pieces(build(2, Duration.ofMinutes(2)), build(1, Duration.ofDays(15))))
                .containsExactly("even 1 from 50.00 for 50.00", "odd null from 99.75 for 0.25");
    }

    @Test
    void aClockThatWasSetBackDrawsNothingOutside() {
        assertThat(TimeStrip.from(List.of(build(1, Duration.ofDays(-2))), NOW).getPieces())
                .allSatisfy(piece -> {
                    assertThat(piece.getX() + piece.getWidth()).isEqualTo(100);
                    assertThat(piece.getWidth()).isEqualTo(TimeStrip.NARROW);
                });
    }
}
