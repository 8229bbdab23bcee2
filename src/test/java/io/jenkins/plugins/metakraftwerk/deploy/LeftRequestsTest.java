package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.deploy.LedgerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity.BuildLocation;
import io.jenkins.plugins.metakraftwerk.store.MemoryDisk;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests that were on their way, or whose records were looked for, when a process ended. */
class LeftRequestsTest {

    private final LedgerFixture world = new LedgerFixture();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasLeftIsWaitedForByAll(boolean sought) {
        world.takeOff("run 1");
        world.takeOff("run 2");
        if (sought) {
            world.flights().seek("run 1");
            world.flights().seek("run 2");
        }
        world.restart();
        assertThat(world.flights().leftBy()).containsExactly("run 1", "run 2");
        assertThat(world.whileItSeeks("run 1")).as("whichever was first").hasSize(1);
        assertThat(world.whileItSeeks("run 2")).hasSize(1);
        assertThat(world.whileItSeeks("run 3")).hasSize(2);
        assertThat(world.others("run 3")).hasSize(2);
    }

    static Stream<Named<Consumer<Ledger>>> ends() {
        BuildDeployment record = new BuildDeployment(8L, 5139L, 11L, 21L, null, null, null);
        RunIdentity who = LedgerFixture.who("run 1");
        return Stream.of(
                Named.of("landed", ledger -> ledger.unclaimedRequests().land("run 1")),
                Named.of("claimed", ledger -> ledger.claims().own(KEY, record, "run 1", Duration.ZERO)),
                Named.of("unknown", ledger -> ledger.attempts().note(KEY, null, who, 7)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void whatHasEndedWasNotLeft(Consumer<Ledger> end) {
        world.takeOff("run 1");
        world.takeOff("run 2");
        end.accept(world.ledger());
        world.restart();
        assertThat(world.flights().leftBy()).containsExactly("run 2");
        assertThat(world.others("run 3")).hasSize(1);
    }

    @Test
    void whoGoesOnKeepsItsPlace() {
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.restart();
        world.flights().takeOff(world.attempt(KEY, "run 3"), null);
        world.flights().seek("run 3");
        world.flights().goOn(world.attempt(KEY, "run 2"));
        world.flights().goOn(world.attempt(KEY, "run 1"));
        assertThat(world.flights().leftBy()).isEmpty();
        assertThat(world.whileItSeeks("run 1")).isEmpty();
        assertThat(world.whileItSeeks("run 2")).hasSize(1);
        assertThat(world.whileItSeeks("run 3")).hasSize(2);
        assertThat(world.lines())
                .extracting(LedgerLine::run)
                .as("a line each")
                .containsExactly("run 1", "run 2", "run 3");
        world.restart();
        assertThat(world.flights().leftBy()).containsExactly("run 1", "run 2", "run 3");
    }

    @Test
    void whoGoesOnThoughThatWasNotNotedIsOneFromNowOn() {
        world.flights().goOn(world.attempt(KEY, "run 1"));
        world.takeOff("run 2");
        world.flights().seek("run 2");
        assertThat(world.whileItSeeks("run 1")).isEmpty();
        assertThat(world.whileItSeeks("run 2")).hasSize(1);
        world.restart();
        assertThat(world.flights().leftBy()).containsExactly("run 1", "run 2");
    }

    @Test
    void whatNobodyGoesOnWithHasEndedUnknown() {
        world.takeOff("run 1");
        world.restart();
        world.timing.advance(Ledger.GOES_ON.minusMillis(1));
        assertThat(world.others("run 2")).hasSize(1);
        assertThat(world.unknown()).isEmpty();
        world.timing.advance(Duration.ofMillis(1));
        assertThat(world.others("run 2")).isEmpty();
        assertThat(world.flights().leftBy()).isEmpty();
        assertThat(world.ledger().attempts().forKey(KEY, "")).containsExactly(attemptOfTheBeginning());
        world.restart();
        assertThat(world.flights().leftBy()).isEmpty();
        assertThat(world.ledger().attempts().forKey(KEY, "")).containsExactly(attemptOfTheBeginning());
    }

    /** Its days count from when it was sent. */
    private static UnknownAttempt attemptOfTheBeginning() {
        return new LedgerFixture().attempt(KEY, "run 1");
    }

    @Test
    void whoGoesOnInTimeIsNotGivenUp() {
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.restart();
        world.timing.advance(Ledger.GOES_ON.minusMillis(1));
        world.flights().goOn(world.attempt(KEY, "run 1"));
        world.timing.advance(Duration.ofMillis(1));
        assertThat(world.unknown()).containsExactly("run 2");
        assertThat(world.others("run 3")).hasSize(1);
    }

    @Test
    void whatThisProcessHasSentIsNotGivenUp() {
        world.takeOff("run 1");
        world.restart();
        world.takeOff("run 2");
        world.timing.advance(Ledger.GOES_ON);
        assertThat(world.unknown()).containsExactly("run 1");
        assertThat(world.others("run 3")).hasSize(1);
    }

    /** A rename before the end of the first process, and one after. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobIsFollowedMeanwhile(boolean between) {
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.ledger().moved("job of run 1", "moved");
        if (between) {
            world.restart();
        }
        world.ledger().moved("moved", "renamed");
        world.ledger().moved("job of run 2", null);
        world.restart();
        world.timing.advance(Ledger.GOES_ON);
        assertThat(world.ledger().attempts().place("run 1"))
                .contains(new BuildLocation("renamed", 3, "job of run 1 #3"));
        assertThat(world.ledger().attempts().forKey(KEY, "run 1"))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.place()).isEqualTo(new BuildLocation(null, 3, null)));
    }

    /** As while lines about another server are damaged, and runs on this one go on. */
    @Test
    void whatLandsWhileTheFileIsReadAgainIsNotLeft() {
        world.disk.put(LedgerFixture.FILE, "?\n");
        world.restart();
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.timing.advance(Duration.ofSeconds(10));
        world.disk.beforeForce(() -> {
            world.disk.beforeForce(() -> {});
            world.flights().land("run 1");
        });
        TestClients.get(world.ledger().look().future());
        assertThat(world.flights().leftBy()).isEmpty();
        assertThat(world.others("run 3")).hasSize(1);
        world.timing.advance(Ledger.GOES_ON);
        assertThat(world.unknown()).isEmpty();
    }

    /** It has gone on, and done nothing. */
    @Test
    void whatLandsBeforeTheFileCanBeReadIsNotLeft() {
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.disk.fail(MemoryDisk.Op.READ);
        world.restart();
        world.flights().land("run 1");
        world.disk.fail();
        world.timing.advance(Duration.ofSeconds(10));
        TestClients.get(world.ledger().look().future());
        assertThat(world.flights().leftBy()).containsExactly("run 2");
        world.restart();
        assertThat(world.flights().leftBy()).containsExactly("run 2");
    }

    @Test
    void whatCanBeReadOnlyLaterIsLeftThen() {
        world.takeOff("run 1");
        world.takeOff("run 2");
        world.disk.fail(MemoryDisk.Op.READ);
        world.restart();
        world.takeOff("run 3");
        world.flights().goOn(world.attempt(KEY, "run 2"));
        world.disk.fail();
        world.timing.advance(Duration.ofSeconds(10));
        TestClients.get(world.ledger().look().future());
        assertThat(world.flights().leftBy()).containsExactly("run 1");
        assertThat(world.others("run 4")).hasSize(3);
        world.timing.advance(Ledger.GOES_ON);
        assertThat(world.unknown()).containsExactly("run 1");
        assertThat(world.others("run 4")).hasSize(2);
    }
}
