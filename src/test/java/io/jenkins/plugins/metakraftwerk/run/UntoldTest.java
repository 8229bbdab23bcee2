package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners have not been told outlives a crash, and does not grow for ever. */
class UntoldTest {

    @TempDir
    private Path folder;

    private Untold open() {
        Untold untold = new Untold(folder);
        untold.recall();
        return untold;
    }

    private Path file() {
        return folder.resolve("io.jenkins.plugins.metakraftwerk.untold");
    }

    private static DeploymentEvent event(int number) {
        return event("job", number);
    }

    private static DeploymentEvent event(String job, int number) {
        var request = new DeploymentEvent.Request(
                number, "P", null, null, 21L, null, null, "G", null, "s", "https://s", "c", "STEP", "mkDeploy");
        var record = new BuildDeployment((long) number, 1L, 11L, 21L, null, null, 41L);
        return new DeploymentEvent(
                "o" + number, job, number, List.of("ann"), request, record, "nightly", "CREATED", null, 5);
    }

    @Test
    void whatWasNotToldIsReadAgain() {
        Untold untold = open();
        untold.add(event(1), Set.of("a", "b"));
        untold.add(event(2), Set.of("a", "b"));
        untold.told(event(1), "a");
        untold.told(event(2), "a");
        untold.told(event(2), "b");
        Untold again = open();
        assertThat(again.next("a", 9)).isEmpty();
        assertThat(again.next("b", 9)).containsExactly(event(1));
        assertThat(again.isLeft(event(1), "b")).isTrue();
        assertThat(again.isLeft(event(1), "a")).isFalse();
        assertThat(again.isLeft("a")).isFalse();
    }

    @Test
    void itIsReadInItsOrderAndInParts() {
        Untold untold = open();
        for (int i = 1; i <= 5; i++) {
            untold.add(event(i), Set.of("a", "b"));
        }
        untold.told(event(2), "a");
        assertThat(untold.next("a", 2)).containsExactly(event(1), event(3));
        untold.told(event(1), "a");
        untold.told(event(3), "a");
        assertThat(untold.next("a", 2)).containsExactly(event(4), event(5));
    }

    @Test
    void whatIsToldTakesNoRoom() throws Exception {
        Untold untold = open();
        for (int i = 1; i <= 500; i++) {
            untold.add(event(i), Set.of("a"));
            untold.told(event(i), "a");
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThanOrEqualTo(200);
        assertThat(open().isLeft("a")).isFalse();
    }

    @Test
    void whatIsLeftStaysWhenTheFileIsCut() {
        Untold untold = open();
        untold.add(event(1), Set.of("a", "hangs"));
        for (int i = 2; i <= 500; i++) {
            untold.add(event(i), Set.of("a"));
            untold.told(event(i), "a");
        }
        untold.told(event(1), "a");
        assertThat(open().next("hangs", 9)).containsExactly(event(1));
    }

    @Test
    void whoHangsForGoodMissesTheOldest() {
        Untold untold = new Untold(folder, 3);
        untold.recall();
        for (int i = 1; i <= 4; i++) {
            untold.add(event(i), Set.of("hangs"));
        }
        assertThat(untold.next("hangs", 9)).containsExactly(event(2), event(3), event(4));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobIsFollowed(boolean restart) {
        Untold untold = open();
        untold.add(event("app", 1), Set.of("a"));
        untold.moved("app", "live");
        untold.add(event("app", 2), Set.of("a"));
        untold.add(event("old", 3), Set.of("a"));
        untold.moved("old", null);
        untold = restart ? open() : untold;
        assertThat(untold.next("a", 9)).containsExactly(event("live", 1), event("app", 2), event(null, 3));
    }

    @Test
    void aJobIsFollowedAlsoWhereTheFileWasCutSince() {
        Untold untold = open();
        untold.add(event("app", 1), Set.of("a", "hangs"));
        untold.moved("app", "live");
        for (int i = 2; i <= 500; i++) {
            untold.add(event(i), Set.of("a"));
            untold.told(event(i), "a");
        }
        assertThat(open().next("hangs", 9)).containsExactly(event("live", 1));
    }

    @Test
    void whatCannotBeReadIsToldWhenItCan() throws Exception {
        open().add(event("app", 1), Set.of("a"));
        try (PluginDisk disk = new PluginDisk()) {
            disk.failToRead("io.jenkins");
            Untold untold = new Untold(folder);
            assertThat(untold.recall()).isFalse();
            untold.moved("app", "live");
            untold.add(event(2), Set.of("a"));
            untold.add(event(3), Set.of("a"));
            untold.told(event(2), "a");
            assertThat(Files.readAllLines(file()))
                    .as("nothing is written to it")
                    .hasSize(1);

            disk.work();
            assertThat(untold.recall()).isTrue();
            assertThat(untold.next("a", 9)).containsExactly(event("live", 1), event(3));
            assertThat(untold.recall()).as("once").isFalse();
        }
        assertThat(open().next("a", 9)).containsExactly(event("live", 1), event(3));
    }

    @Test
    void aLineThatIsNotUnderstoodIsPutAside() throws Exception {
        open().add(event(1), Set.of("a"));
        Files.writeString(file(), "{}\nwhat\n" + Files.readString(file()) + "{\"told\":7");
        assertThat(open().next("a", 9)).containsExactly(event(1));
        assertThat(Files.readAllLines(file())).hasSize(1);
        assertThat(Path.of(file() + ".unreadable")).hasContent("{}\nwhat");
    }
}
