package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.deploy.LedgerFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests that may have brought a record. */
class UnclaimedRequestsTest {

    private static final RequestKey OTHER = LedgerFixture.key(5140);

    private final LedgerFixture world = new LedgerFixture();

    @Test
    void requestsOfOthersOnTheirWay() {
        UnclaimedRequests.UnclaimedRequest own = world.takeOff("run 1");
        UnclaimedRequests.UnclaimedRequest other = world.takeOff("run 2");
        world.takeOff(OTHER, "run 3");
        assertThat(world.others("run 1")).containsExactly(other);
        assertThat(world.others("run 2")).containsExactly(own);
        assertThat(world.whileItSeeks("run 1")).containsExactly(other);
        world.flights().seek("run 2");
        assertThat(world.others("run 1")).containsExactly(other);
        world.flights().land("run 2");
        assertThat(world.others("run 1")).isEmpty();
    }

    @Test
    void ofTwoThatSeekTheirsTheOneWaitsThatHasSentLater() {
        UnclaimedRequests.UnclaimedRequest first = world.takeOff("run 2");
        world.takeOff("run 1");
        world.flights().seek("run 1");
        assertThat(world.whileItSeeks("run 1")).as("it is on its way").containsExactly(first);
        world.flights().seek("run 2");
        assertThat(world.whileItSeeks("run 1")).containsExactly(first);
        assertThat(world.whileItSeeks("run 2")).isEmpty();
    }

    static Stream<RequestKey> ofThatRecord() {
        return Stream.of(
                KEY,
                new RequestKey("https://a", 5139, " p ", null, "d", null),
                new RequestKey("https://a", 5139, null, 11L, null, 21L),
                new RequestKey("https://a", 5139, "P", null, null, 21L));
    }

    static Stream<RequestKey> ofOtherRecords() {
        return Stream.of(
                new RequestKey("https://b", 5139, "P", null, "D", null),
                OTHER,
                new RequestKey("https://a", 5139, "Q", null, "D", null),
                new RequestKey("https://a", 5139, "P", null, "E", null),
                new RequestKey("https://a", 5139, "Q", null, null, 21L));
    }

    @ParameterizedTest
    @MethodSource("ofThatRecord")
    void whoeverMayBringThatRecordIsWaitedFor(RequestKey key) {
        world.flights().takeOff(world.attempt(key, "run 1"), null);
        assertThat(world.others("run 2")).hasSize(1);
        assertThat(KEY.mayBringThatOf(key)).as("the other way round").isTrue();
        world.restart();
        assertThat(world.whileItSeeks("run 2")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("ofOtherRecords")
    void whoeverBringsAnotherIsNot(RequestKey key) {
        world.flights().takeOff(world.attempt(key, "run 1"), null);
        assertThat(world.others("run 2")).isEmpty();
        assertThat(KEY.mayBringThatOf(key)).as("the other way round").isFalse();
        world.restart();
        assertThat(world.whileItSeeks("run 2")).isEmpty();
    }

    @Test
    void idsThatDifferAreTwoWhateverTheNames() {
        RequestKey one = new RequestKey("https://a", 5139, null, 11L, null, 21L);
        assertThat(one.mayBringThatOf(new RequestKey("https://a", 5139, null, 12L, null, 21L)))
                .isFalse();
        assertThat(one.mayBringThatOf(new RequestKey("https://a", 5139, null, 11L, null, 22L)))
                .isFalse();
    }
}
