package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers in pages is read to the end, and not beyond. */
class PagingTest {

    private static final BuildDeploymentFilter ALL = new BuildDeploymentFilter(null, null, null, null, null);

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    private void answers(String body) {
        server.fault(request -> true, Integer.MAX_VALUE, Fault.status(200, "application/json", body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void allPagesAreRead(int size) {
        server.pageSize(size);
        assertThat(get(client::patterns)).hasSize(6).extracting(Pattern::id).doesNotHaveDuplicates();
        assertThat(server.requests()).hasSize(requests(6, size));
    }

    /** Each page begins with the last entry of the one before, and the first is looked at once more at the end. */
    private static int requests(int entries, int size) {
        if (size >= entries) {
            return 1;
        }
        // What cannot overlap is read twice.
        return size == 1 ? 2 * entries : 1 + (entries - size + size - 2) / (size - 1) + 1;
    }

    @Test
    void filtersStayOnEveryPage() {
        for (int i = 0; i < 5; i++) {
            server.addBuildDeployment(5139, 11, 21, null, null);
            server.addBuildDeployment(5140, 11, 21, null, null);
        }
        server.pageSize(3);
        assertThat(get(() -> client.find(TestClients.request().sameDeployment())))
                .hasSize(5)
                .allMatch(record -> record.buildId() == 5139);
        assertThat(server.requests())
                .hasSize(requests(5, 3))
                .allMatch(request -> request.query().get("build_id").equals("5139"));
        assertThat(server.requests().get(1).query()).containsEntry("$skip", "2");
    }

    /** The total stays the same, and so does the first page: what was on the third page is on the second then. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aRecordThatGoesWhileAnotherComesBetweenLaterPagesHidesNone(int size) {
        PagedList[] list = new PagedList[1];
        int[] changes = {0};
        list[0] = new PagedList(
                size,
                page -> {
                    // Before what comes after 4 is asked for.
                    if (page == (size == 1 ? 5 : 3) && changes[0]++ == 0) {
                        list[0].ids.remove(Long.valueOf(7));
                        list[0].ids.add(6L);
                    }
                },
                9,
                2,
                7,
                4,
                8,
                3,
                5);
        ScriptedHttp http = new ScriptedHttp(list[0]);
        assertThat(get(() -> http.client(new VirtualTiming()).find(ALL)))
                .extracting(BuildDeployment::id)
                .containsExactlyInAnyOrder(9L, 2L, 4L, 8L, 3L, 5L, 6L);
    }

    @Test
    void anEmptyPageIsAnEmptyList() {
        server.pageSize(10);
        assertThat(get(() -> client.agentGroups("NONE"))).isEmpty();
    }

    @Test
    void aServerThatPromisesMoreThanItHasIsNotAskedForEver() {
        answers("{\"total\":3,\"limit\":1,\"skip\":0,\"data\":[]}");
        MetaKraftwerkException failure = failure(client::patterns);
        assertThat(failure).hasMessageContaining("fewer entries");
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[]}",
                "{\"total\":1}",
                "{\"total\":-1,\"data\":[]}",
                "{\"total\":\"1\",\"data\":[{\"id\":1,\"name\":\"x\"}]}",
                "{\"total\":1,\"data\":{}}",
                "{\"total\":1,\"data\":[1]}",
                "[[]]",
                "[null]",
                "\"list\"",
                "7",
                "null"
            })
    void whatIsNoListIsRefused(String body) {
        answers(body);
        MetaKraftwerkException failure = failure(client::patterns);
        assertThat(failure).hasMessageContaining("something other than a list");
        assertThat(failure.retryable()).isFalse();
    }
}
