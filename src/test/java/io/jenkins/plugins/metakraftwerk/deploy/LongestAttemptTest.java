package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.JsonLine;
import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import org.junit.jupiter.api.Test;

/** The longest lines that runs leave are read again, and two that differ at their ends only are two. */
class LongestAttemptTest {

    private static final String URL = "https://" + "a".repeat(247);

    private static UnknownAttempt attempt(String text) {
        RequestKey key = new RequestKey(URL, Long.MAX_VALUE, text, Long.MAX_VALUE, text, Long.MAX_VALUE);
        String owner = "o".repeat(75) + "€".repeat(255);
        return new UnknownAttempt(
                key, owner, owner, text, text, Integer.MAX_VALUE, text, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    @Test
    void itsLineFits() {
        AttemptLine longest = AttemptLine.of(attempt(LongTexts.WIDE));
        String line = Lines.checked(JsonLine.write(longest));
        assertThat(AttemptLine.read(line)).contains(longest);
        assertThat(Lines.fits(JsonLine.write(AttemptLine.moved(LongTexts.WIDE, LongTexts.WIDE))))
                .isTrue();
    }

    @Test
    void theWholeCounts() {
        RequestKey key = attempt(LongTexts.WIDE).key();
        assertThat(attempt(LongTexts.WIDE).key()).isEqualTo(key);
        assertThat(attempt(LongTexts.WIDE + "€").key()).isNotEqualTo(key);
        assertThat(attempt(LongTexts.WIDE + "€").key().isSameTarget(key)).isFalse();
    }

    @Test
    void aJobOfALongNameIsFollowed() {
        RunIdentity.Place place = new RunIdentity.Place(LongTexts.WIDE, 7, LongTexts.WIDE + " #7");
        UnknownAttempt old = attempt(LongTexts.WIDE);
        UnknownAttempt inPlace = new UnknownAttempt(
                old.key(), old.owner(), old.sender(), null, LongTexts.WIDE, 7, old.buildName(), 0, 0, 0);
        assertThat(inPlace.isOfBuildOf(new RunIdentity("other", null, () -> place)))
                .isTrue();
    }
}
