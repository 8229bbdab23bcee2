package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers in pages is read to the end, and not beyond. */
class PagingTest {

    private final StandInServer server = StandInServer.start();
    private final MetaKraftwerkClient client = TestClients.of(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private void answers(String body) {
        server.fault(request -> true, Integer.MAX_VALUE, Fault.status(200, "application/json", body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7})
    void allPagesAreRead(int size) {
        server.pageSize(size);
        assertThat(get(client.patterns(null)))
                .hasSize(6)
                .extracting(Pattern::id)
                .doesNotHaveDuplicates();
        int pages = (6 + size - 1) / size;
        // The first of several is looked at once more at the end.
        assertThat(server.requests()).hasSize(pages == 1 ? 1 : pages + 1);
    }

    @Test
    void filtersStayOnEveryPage() {
        for (int i = 0; i < 5; i++) {
            server.addBuildDeployment(5139, 11, 21, null, null);
            server.addBuildDeployment(5140, 11, 21, null, null);
        }
        server.pageSize(2);
        assertThat(get(client.find(TestClients.request().sameDeployment())))
                .hasSize(5)
                .allMatch(record -> record.buildId() == 5139);
        assertThat(server.requests())
                .hasSize(3 + 1)
                .allMatch(request -> request.query().get("build_id").equals("5139"));
        assertThat(server.requests().get(2).query()).containsEntry("$skip", "4");
    }

    @Test
    void anEmptyPageIsAnEmptyList() {
        server.pageSize(10);
        assertThat(get(client.patterns("NONE"))).isEmpty();
    }

    @Test
    void aServerThatPromisesMoreThanItHasIsNotAskedForEver() {
        answers("{\"total\":3,\"limit\":1,\"skip\":0,\"data\":[]}");
        MetaKraftwerkException failure = failure(client.patterns(null));
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
        MetaKraftwerkException failure = failure(client.patterns(null));
        assertThat(failure).hasMessageContaining("something other than a list");
        assertThat(failure.retryable()).isFalse();
    }
}
