package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns which record. */
class ClaimsTest {

    private final Claims claims = new Claims();

    private static Claims of(Path file) {
        return new Claims(new Journal(
                new JournalFile(new LocalDisk(), file), Runnable::run, new VirtualTiming(), Claims.REMEMBERED));
    }

    private static boolean claim(Claims claims, String server, long id, String owner) {
        RequestKey key = new RequestKey(server, 5139, "P", null, "D", null);
        return claims.claim(key, new BuildDeployment(id, 5139L, 11L, 21L, null, null, null), owner, Duration.ZERO);
    }

    @Test
    void aRecordHasOneOwner() {
        assertThat(claim(claims, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(claims, "https://a", 1, "run 2")).isFalse();
        assertThat(claim(claims, "https://a", 1, "run 1")).as("again").isTrue();
        assertThat(claim(claims, "https://a", 2, "run 2")).isTrue();
    }

    @Test
    void idsAreUniqueForOneServerOnly() {
        assertThat(claim(claims, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(claims, "https://b", 1, "run 2")).isTrue();
    }

    @Test
    void requestsOfOthersOnTheirWay() {
        Claims.Flight own = claims.takeOff("build 1", "run 1");
        Claims.Flight other = claims.takeOff("build 1", "run 2");
        claims.takeOff("build 2", "run 3");
        assertThat(claims.othersInFlight("build 1", "run 1", false)).containsExactly(other);
        assertThat(claims.othersInFlight("build 1", "run 2", false)).containsExactly(own);
        claims.seek(other);
        assertThat(claims.othersInFlight("build 1", "run 1", false)).isEmpty();
        assertThat(claims.othersInFlight("build 1", "run 1", true)).containsExactly(other);
        claims.land(other);
        assertThat(claims.othersInFlight("build 1", "run 1", true)).isEmpty();
    }

    @Test
    void claimsInAFileHoldAcrossRestarts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        claim(of(file), "https://a", 1, "run 1");
        Claims second = of(file);
        assertThat(claim(second, "https://a", 1, "run 2")).isFalse();
        assertThat(claim(second, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(second, "https://a", 2, "run 2")).isTrue();
        assertThat(Files.readAllLines(file)).containsExactly("https://a#1 run 1", "https://a#2 run 2");
        assertThat(claim(of(file), "https://a", 2, "run 1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "https://a#1", "https://a#1 ", " run 1", "\n\n x \n", "https://a#"})
    void aFileThatIsNotAsItShouldBeDoesNoHarm(String content, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.writeString(file, "https://a#7 run 7\n" + content);
        Claims read = of(file);
        assertThat(claim(read, "https://a", 7, "run 8")).isFalse();
        assertThat(claim(read, "https://a", 1, "run 2")).isTrue();
        assertThat(claim(of(file), "https://a", 1, "run 3")).as(content).isFalse();
    }

    @Test
    void aFileThatCannotBeWrittenDoesNoHarm(@TempDir Path directory) {
        Claims unwritable = of(directory);
        assertThat(claim(unwritable, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(unwritable, "https://a", 1, "run 2")).isFalse();
    }

    @Test
    void bytesThatAreNoTextDoNoHarm(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(claim(of(file), "https://a", 1, "run 1")).isTrue();
    }

    @Test
    void aFileDoesNotGrowForEver(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Claims many = of(file);
        for (long id = 1; id <= 2L * Claims.REMEMBERED + 1; id++) {
            claim(many, "https://a", id, "run 1");
        }
        assertThat(Files.readAllLines(file))
                .hasSize(Claims.REMEMBERED)
                .first()
                .isEqualTo("https://a#" + (Claims.REMEMBERED + 2) + " run 1");
        assertThat(claim(of(file), "https://a", 2L * Claims.REMEMBERED, "run 2"))
                .isFalse();
    }

    @Test
    void theOldestClaimsAreForgotten() {
        for (long id = 1; id <= Claims.REMEMBERED + 1; id++) {
            claim(claims, "https://a", id, "run 1");
        }
        assertThat(claim(claims, "https://a", 2, "run 2")).isFalse();
        assertThat(claim(claims, "https://a", 1, "run 2")).isTrue();
    }
}
