package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.LongTexts;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.deploy.LedgerLine.Kind;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.LineLimits;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The longest lines that runs leave are read again, and two that differ at their ends only are two. */
class LongestAttemptTest {

    private static final String URL = "https://" + "a".repeat(247);

    private static UnknownAttempt attempt(String text) {
        RequestKey key = new RequestKey(URL, Long.MAX_VALUE, text, Long.MAX_VALUE, text, Long.MAX_VALUE);
        String owner = "o".repeat(75) + "€".repeat(255);
        return new UnknownAttempt(
                key,
                owner,
                owner,
                text,
                text,
                Integer.MAX_VALUE,
                text,
                "group " + text,
                Long.MAX_VALUE,
                true,
                Long.MAX_VALUE,
                Long.MAX_VALUE);
    }

    private static void fits(LedgerLine longest) {
        assertThat(LedgerLine.read(LineLimits.checked(longest.text()))).contains(longest);
    }

    @Test
    void itsLinesFit() {
        UnknownAttempt longest = attempt(LongTexts.WIDE);
        fits(LedgerLine.forAttempt(Kind.SENDING, longest));
        fits(LedgerLine.forAttempt(Kind.UNKNOWN, longest));
        fits(LedgerLine.moved(LongTexts.WIDE, LongTexts.WIDE));
        fits(LedgerLine.queued(longest.owner(), longest.key()));
        fits(LedgerLine.claimed(
                longest.owner(),
                longest.key(),
                new BuildDeployment(
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE,
                        Long.MAX_VALUE),
                Instant.ofEpochMilli(Long.MAX_VALUE)));
    }

    @Test
    void ofALineThatIsTooLongItIsKnownWhichServerItIsAbout() {
        String known = LedgerLine.forRun(Kind.LEFT, "run", "https://a").text();
        String tooLong = LedgerLine.forRun(Kind.LEFT, "run", "https://b")
                .text()
                .replace("}", ",\"more\":\"" + "x".repeat(LineLimits.MOST) + "\"}");
        MemoryDisk disk = new MemoryDisk();
        Path file = Path.of("ledger");
        disk.put(file, known + "\n" + tooLong + "\n");
        VirtualTiming timing = new VirtualTiming();
        Ledger damaged = new Ledger(timing, new Journal(new JournalFile(disk, file), Runnable::run, timing, 100));
        assertThat(damaged.trouble("https://a")).as("what is not concerned").isEmpty();
        assertThat(damaged.trouble("https://b"))
                .hasValueSatisfying(trouble -> assertThat(trouble.damaged()).hasSize(1));
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
        RunIdentity.BuildLocation place = new RunIdentity.BuildLocation(LongTexts.WIDE, 7, LongTexts.WIDE + " #7");
        UnknownAttempt old = attempt(LongTexts.WIDE);
        UnknownAttempt inPlace = new UnknownAttempt(
                old.key(), old.owner(), old.sender(), null, LongTexts.WIDE, 7, old.buildName(), null, 0, false, 0, 0);
        assertThat(inPlace.isOfBuildOf(new RunIdentity("other", null, () -> place)))
                .isTrue();
    }
}
