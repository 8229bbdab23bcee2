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

/** What listeners have not been told outlives a crash, and does not grow for ever. */
class UntoldTest {

    @TempDir
    private Path folder;

    private Untold open() {
        return new Untold(folder);
    }

    private Untold begun() {
        Untold untold = open();
        assertThat(untold.read()).isEmpty();
        return untold;
    }

    private Path file() {
        return folder.resolve("io.jenkins.plugins.metakraftwerk.untold");
    }

    private static DeploymentEvent event(int number) {
        var request = new DeploymentEvent.Request(
                number, "P", null, null, 21L, null, null, "G", null, "s", "https://s", "c", "STEP", "mkDeploy");
        var record = new BuildDeployment((long) number, 1L, 11L, 21L, null, null, 41L);
        return new DeploymentEvent(
                "o" + number, "job", number, List.of("ann"), request, record, "nightly", "CREATED", null, 5);
    }

    @Test
    void whatWasNotToldIsReadAgain() {
        Untold untold = open();
        untold.add(event(1), Set.of("a", "b"));
        untold.add(event(2), Set.of("a", "b"));
        untold.told(event(1), "a");
        untold.told(event(2), "a");
        untold.told(event(2), "b");
        assertThat(open().read()).containsExactly(new Untold.Waiting(event(1), Set.of("b")));
    }

    @Test
    void whatIsToldTakesNoRoom() throws Exception {
        Untold untold = begun();
        for (int i = 1; i <= 1_000; i++) {
            untold.add(event(i), Set.of("a"));
            untold.told(event(i), "a");
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThanOrEqualTo(200);
        assertThat(open().read()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsToldWhenItCan() throws Exception {
        Untold before = open();
        before.add(event(1), Set.of("a"));
        try (PluginDisk disk = new PluginDisk()) {
            disk.failToRead("io.jenkins");
            Untold untold = open();
            assertThat(untold.read()).isEmpty();
            assertThat(untold.isUnread()).isTrue();
            untold.add(event(2), Set.of("a"));
            untold.add(event(3), Set.of("a"));
            untold.told(event(2), "a");
            assertThat(Files.readAllLines(file())).as("nothing is written to it").hasSize(1);

            disk.work();
            assertThat(untold.read())
                    .as("what this process has noted is told already")
                    .containsExactly(new Untold.Waiting(event(1), Set.of("a")));
            assertThat(untold.isUnread()).isFalse();
            assertThat(untold.read()).as("once").isEmpty();
        }
        assertThat(open().read())
                .containsExactly(
                        new Untold.Waiting(event(1), Set.of("a")), new Untold.Waiting(event(3), Set.of("a")));
    }

    @Test
    void aLineThatIsNotUnderstoodIsPutAside() throws Exception {
        open().add(event(1), Set.of("a"));
        Files.writeString(file(), "{}\nwhat\n" + Files.readString(file()));
        assertThat(open().read()).hasSize(1);
        assertThat(Files.readAllLines(file())).hasSize(1);
        assertThat(Path.of(file() + ".unreadable")).hasContent("{}\nwhat");
    }

    @Test
    void whoHangsMissesTheOldest() {
        Untold untold = open();
        for (int i = 1; i <= Untold.MOST + 1; i++) {
            untold.add(event(i), Set.of("hangs"));
        }
        assertThat(open().read()).hasSize(Untold.MOST).first().isEqualTo(new Untold.Waiting(event(2), Set.of("hangs")));
    }
}
