package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns which record. */
class ClaimsTest {

    private final Claims claims = new Claims();

    @Test
    void aRecordHasOneOwner() {
        assertThat(claims.claim("https://a", 1, "run 1")).isTrue();
        assertThat(claims.claim("https://a", 1, "run 2")).isFalse();
        assertThat(claims.claim("https://a", 1, "run 1")).as("again").isTrue();
        assertThat(claims.claim("https://a", 2, "run 2")).isTrue();
    }

    @Test
    void idsAreUniqueForOneServerOnly() {
        assertThat(claims.claim("https://a", 1, "run 1")).isTrue();
        assertThat(claims.claim("https://b", 1, "run 2")).isTrue();
    }

    @Test
    void requestsOfOthersOnTheirWay() {
        Claims.Flight own = claims.takeOff("build 1", "run 1");
        Claims.Flight other = claims.takeOff("build 1", "run 2");
        claims.takeOff("build 2", "run 3");
        assertThat(claims.othersInFlight("build 1", "run 1")).containsExactly(other);
        assertThat(claims.othersInFlight("build 1", "run 2")).containsExactly(own);
        claims.land(other);
        assertThat(claims.othersInFlight("build 1", "run 1")).isEmpty();
    }

    @Test
    void claimsInAFileHoldAcrossRestarts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        new Claims(file).claim("https://a", 1, "run 1");
        Claims second = new Claims(file);
        assertThat(second.claim("https://a", 1, "run 2")).isFalse();
        assertThat(second.claim("https://a", 1, "run 1")).isTrue();
        assertThat(second.claim("https://a", 2, "run 2")).isTrue();
        assertThat(Files.readAllLines(file)).containsExactly("https://a#1 run 1", "https://a#2 run 2");
        assertThat(new Claims(file).claim("https://a", 2, "run 1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "https://a#1", "https://a#1 ", " run 1", "\n\n x \n", "https://a#"})
    void aFileThatIsNotAsItShouldBeDoesNoHarm(String content, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.writeString(file, "https://a#7 run 7\n" + content);
        Claims read = new Claims(file);
        assertThat(read.claim("https://a", 7, "run 8")).isFalse();
        assertThat(read.claim("https://a", 1, "run 2")).isTrue();
        assertThat(new Claims(file).claim("https://a", 1, "run 3")).as(content).isFalse();
    }

    @Test
    void aFileThatCannotBeWrittenDoesNoHarm(@TempDir Path directory) {
        Claims unwritable = new Claims(directory);
        assertThat(unwritable.claim("https://a", 1, "run 1")).isTrue();
        assertThat(unwritable.claim("https://a", 1, "run 2")).isFalse();
    }

    @Test
    void bytesThatAreNoTextDoNoHarm(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(new Claims(file).claim("https://a", 1, "run 1")).isTrue();
    }

    @Test
    void aFileDoesNotGrowForEver(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.write(file, (Iterable<String>) LongStream.rangeClosed(1, Claims.REMEMBERED + 10)
                .mapToObj(id -> "https://a#" + id + " run 1")::iterator);
        assertThat(new Claims(file).claim("https://a", Claims.REMEMBERED + 10, "run 2"))
                .isFalse();
        assertThat(Files.readAllLines(file)).hasSize(Claims.REMEMBERED).first().isEqualTo("https://a#11 run 1");
    }

    @Test
    void theOldestClaimsAreForgotten() {
        for (long id = 0; id <= Claims.REMEMBERED; id++) {
            claims.claim("https://a", id, "run 1");
        }
        assertThat(claims.claim("https://a", 1, "run 2")).isFalse();
        assertThat(claims.claim("https://a", 0, "run 2")).isTrue();
    }
}
