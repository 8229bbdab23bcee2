package io.jenkins.plugins.metakraftwerk.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import io.jenkins.plugins.metakraftwerk.store.LocalDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who owns which record. */
class RecordClaimsTest {

    private final RecordClaims claims = new Ledger(new VirtualTiming()).claims();

    private static RecordClaims claimsIn(Path file) {
        return claimsIn(file, Runnable::run);
    }

    private static RecordClaims claimsIn(Path file, Executor writer) {
        VirtualTiming timing = new VirtualTiming();
        JournalFile lines = new JournalFile(new LocalDisk(), file);
        return new Ledger(timing, new Journal(lines, writer, timing, RecordClaims.REMEMBERED)).claims();
    }

    private static RequestKey key(String server) {
        return new RequestKey(server, 5139, "P", null, "D", null);
    }

    private static BuildDeployment record(long id) {
        return new BuildDeployment(id, 5139L, 11L, 21L, null, null, null);
    }

    private static boolean claim(RecordClaims claims, String server, long id, String owner) {
        return claims.claim(key(server), record(id), owner, Duration.ZERO);
    }

    /** The line of a claim that is made now. */
    private static LedgerLine line(long id, String owner) {
        return LedgerLine.claimed(owner, key("https://a"), record(id), new VirtualTiming().now());
    }

    private static List<LedgerLine> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> LedgerLine.read(line).orElseThrow().numbered(0))
                .filter(line -> line.kind() != LedgerLine.Kind.BEGUN)
                .toList();
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
    void claimsInAFileHoldAcrossRestarts(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        claim(claimsIn(file), "https://a", 1, "run 1");
        RecordClaims second = claimsIn(file);
        assertThat(claim(second, "https://a", 1, "run 2")).isFalse();
        assertThat(claim(second, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(second, "https://a", 2, "run 2")).isTrue();
        assertThat(lines(file)).containsExactly(line(1, "run 1"), line(2, "run 2"));
        assertThat(claim(claimsIn(file), "https://a", 2, "run 1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "{\"kind\":\"CLAIMED\"}\n",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\"}\n",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{\"server\":\"https://a\"}}\n",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{},\"record\":{\"id\":1,\"build_id\":5139}}\n",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{\"server\":\"https://a\"},\"record\":{}}\n",
                "{\"kind\":\"CLAIMED\",\"key\":{\"server\":\"https://a\"},\"record\":{\"id\":1,\"build_id\":5139}}\n",
                "{\"run\":\"run 1\",\"key\":{\"server\":\"https://a\"},\"record\":{\"id\":1,\"build_id\":5139}}\n",
                "{\"kind\":\"CLAIMED\",\"run\":\"run 1\",\"key\":{\"server\":\"https://a\"},\"record\":{\"id\":1,\"build_id\":5139}}",
                "\n\n x \n",
                "{\"kind\":"
            })
    void aFileThatIsNotAsItShouldBeDoesNoHarm(String content, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.writeString(file, line(7, "run 7").text() + "\n" + content);
        RecordClaims read = claimsIn(file);
        assertThat(claim(read, "https://a", 7, "run 8")).isFalse();
        assertThat(claim(read, "https://a", 1, "run 2")).isTrue();
        assertThat(claim(claimsIn(file), "https://a", 1, "run 3")).as(content).isFalse();
    }

    @Test
    void aFileThatCannotBeWrittenDoesNoHarm(@TempDir Path directory) {
        RecordClaims unwritable = claimsIn(directory);
        assertThat(claim(unwritable, "https://a", 1, "run 1")).isTrue();
        assertThat(claim(unwritable, "https://a", 1, "run 2")).isFalse();
    }

    @Test
    void bytesThatAreNoTextDoNoHarm(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(claim(claimsIn(file), "https://a", 1, "run 1")).isTrue();
    }

    @Test
    void aFileDoesNotGrowForEver(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("claims");
        Queue<Runnable> writes = new ArrayDeque<>();
        RecordClaims many = claimsIn(file, writes::add);
        for (long id = 1; id <= 2L * RecordClaims.REMEMBERED; id++) {
            claim(many, "https://a", id, "run 1");
            if (id % 1_000 == 0) {
                RunFixture.doAll(writes);
            }
        }
        RunFixture.doAll(writes);
        assertThat(lines(file))
                .hasSize(RecordClaims.REMEMBERED)
                .first()
                .isEqualTo(line(RecordClaims.REMEMBERED + 1, "run 1"));
        assertThat(claim(claimsIn(file), "https://a", 2L * RecordClaims.REMEMBERED, "run 2"))
                .isFalse();
    }

    @Test
    void theOldestClaimsAreForgotten() {
        for (long id = 1; id <= RecordClaims.REMEMBERED + 1; id++) {
            claim(claims, "https://a", id, "run 1");
        }
        assertThat(claim(claims, "https://a", 2, "run 2")).isFalse();
        assertThat(claim(claims, "https://a", 1, "run 2")).isTrue();
    }
}
