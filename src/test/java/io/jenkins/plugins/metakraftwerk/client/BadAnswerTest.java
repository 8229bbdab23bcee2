package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A 2xx without a usable answer: the work may have been done, so it is never taken for a refusal. */
class BadAnswerTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final MetaKraftwerkClient client = TestClients.forServer(server);

    private MetaKraftwerkException post(Fault fault) {
        server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, fault);
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.status()).isEmpty();
        assertThat(failure).hasMessageContaining(server.url()).hasMessageContaining("POST /build_deployments");
        assertThat(server.requests()).as("nothing is repeated").hasSize(1);
        assertThat(server.deployments()).as("the work was done").hasSize(1);
        return failure;
    }

    @Test
    void html() {
        MetaKraftwerkException failure = post(Fault.html());
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("not JSON").hasMessageNotContaining("<html");
    }

    @Test
    void bytesOfNoMeaning() {
        assertThat(post(Fault.garbage())).hasMessageContaining("does not have the documented form");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "\"x\"",
                "{\"id\":1}",
                "{\"id\":0,\"build_id\":1}",
                "{\"id\":-1,\"build_id\":1}",
                "{\"id\":1.5,\"build_id\":1}",
                "{\"id\":1e400,\"build_id\":1}",
                "{\"id\":99999999999999999999,\"build_id\":1}",
                "{\"id\":true,\"build_id\":1}",
                "{\"id\":[1],\"build_id\":1}",
                "{\"id\":{},\"build_id\":1}",
                "{\"id\":\"one\",\"build_id\":1}",
                "{\"id\":1,\"build_id\":null}",
                "{\"id\":1,\"build_id\":2} {\"id\":3}",
                "{\"id\":1,\"build_id\":2}]",
                "{id:1}",
                ""
            })
    void jsonOfAnotherForm(String body) {
        MetaKraftwerkException failure = post(Fault.statusAfter(201, "application/json", body));
        assertThat(failure).hasMessageContaining("documented form");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void nullIsNoAnswer() {
        assertThat(post(Fault.statusAfter(201, "application/json", "null"))).hasMessageContaining("with nothing");
    }

    @Test
    void noContentIsNoAnswer() {
        assertThat(post(Fault.statusAfter(204, null, ""))).hasMessageContaining("documented form");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/javascript", "application/jsonp", "json", "multipart/mixed"})
    void otherContentTypesAreNotRead(String type) {
        assertThat(post(Fault.statusAfter(201, type, "{\"id\":1,\"build_id\":5139}")))
                .hasMessageContaining("not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON; charset=utf-8",
                "application/vnd.feathers+json",
                "text/json"
            })
    void contentTypesOfJsonAreRead(String type) {
        server.fault(request -> true, 1, Fault.status(201, type, "{\"id\":7,\"build_id\":5139}"));
        assertThat(get(TestClients.create(client)).id()).isEqualTo(7);
    }

    @Test
    void halfAnAnswer() {
        MetaKraftwerkException failure = post(Fault.truncate());
        assertThat(failure).hasMessageContaining("broke before the whole answer was there");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void halfTheJson() {
        MetaKraftwerkException failure = post(Fault.truncateJson());
        assertThat(failure).hasMessageContaining("ends too early");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void jsonThatEndsAnywhereIsTriedAgainWhenRead() {
        String whole =
                "[{\"id\":1,\"name\":\"a\\\"b\",\"active\":false,\"x\":[{\"y\":\"z\"}]} ,{\"id\":22,\"name\":\"b\"}";
        for (int length = 1; length < whole.length(); length++) {
            String cut = whole.substring(0, length);
            if (cut.matches(".*\"active\":\\w+")) {
                continue; // Half a word is as good as a wrong one.
            }
            server.fault(request -> true, 1, Fault.status(200, "application/json", cut));
            MetaKraftwerkException failure = failure(client::patterns);
            assertThat(failure).as(cut).hasMessageContaining("ends too early");
            assertThat(failure.retryable()).as(cut).isTrue();
        }
    }

    @Test
    void deepNestingEndsInAFailure() {
        String deep = "{\"id\":1,\"build_id\":2,\"x\":" + "[".repeat(100_000);
        assertThat(post(Fault.statusAfter(200, "application/json", deep))).hasMessageContaining("documented form");
        server.clearRequests();
        server.fault(request -> true, 1, Fault.status(200, "application/json", "[".repeat(100_000)));
        assertThat(failure(client::patterns)).hasMessageContaining("something other than a list");
    }

    @Test
    void moreThanTenMebibytes() {
        MetaKraftwerkException failure = post(Fault.huge());
        assertThat(failure).hasMessageContaining("more than 10 MiB");
        assertThat(failure.retryable()).isFalse();
    }

    @Test
    void anAnswerWithoutAnEnd() {
        assertThat(post(Fault.endless())).hasMessageContaining("more than 10 MiB");
    }

    @Test
    void tenMebibytesAreRead() {
        String name = "x".repeat(90_000);
        String body = IntStream.rangeClosed(1, 116)
                .mapToObj(id -> "{\"id\":" + id + ",\"name\":\"" + name + "\"}")
                .collect(Collectors.joining(",", "[", ",{\"id\":117,\"name\":\"\"}]"));
        assertThat(body.length()).isBetween(WholeBodyParser.LIMIT - 100_000, WholeBodyParser.LIMIT);
        server.fault(request -> true, 1, Fault.status(200, "application/json", body));
        assertThat(get(client::patterns))
                .hasSize(117)
                .allMatch(pattern -> pattern.id() == 117 || pattern.name().equals(name));
    }
}
