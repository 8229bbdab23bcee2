package io.jenkins.plugins.metakraftwerk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However an answer is made, the controller never holds more than 16 MiB for it. */
class AnswerMemoryTest {

    private static final long MOST = 16L * 1024 * 1024;

    /** The larger part of the body at least, or else nobody looked while it was there. */
    private static final long LEAST = BoundedBody.LIMIT / 2;

    private static final int CALLS = 2;

    private interface Asking extends Function<MetaKraftwerkClient, CompletableFuture<?>> {}

    private static final Asking AGENTS = client -> client.agents(null);
    private static final Asking PATTERNS = client -> client.patterns(null);
    private static final Asking BUILD = client -> client.build(1);
    private static final Asking DEPLOYMENTS =
            client -> client.find(new BuildDeploymentFilter(1L, null, null, null, null));

    private static Arguments list(String what, Asking asking, IntFunction<String> entry) {
        return Arguments.of(what, asking, "[", entry, "]");
    }

    private static Arguments one(String what, String start, IntFunction<String> part, String end) {
        return Arguments.of(what, BUILD, start, part, end);
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                list("the smallest records", AGENTS, i -> "{\"id\":1,\"name\":\"x\"}"),
                list("records of few numbers", DEPLOYMENTS, i -> "{\"id\":%1$d,\"build_id\":%1$d}".formatted(1000 + i)),
                list(
                        "records of all numbers",
                        DEPLOYMENTS,
                        i -> ("{\"id\":%1$d,\"build_id\":%1$d,\"pattern_id\":%1$d,"
                                        + "\"deployment_id\":%1$d,\"upload_id\":%1$d,\"agent_id\":%1$d,\"agent_group_id\":%1$d}")
                                .formatted(1000 + i)),
                list(
                        "many short texts",
                        PATTERNS,
                        i -> ("{\"id\":%d,\"name\":\"数\",\"description\":\"数\",\"type\":\"数\","
                                        + "\"vers_no\":\"数\",\"status\":\"数\"}")
                                .formatted(1000 + i)),
                list(
                        "texts that take more in memory",
                        PATTERNS,
                        i -> "{\"id\":1,\"name\":\"数" + "x".repeat(5000) + "\"}"),
                list("ever new fields", AGENTS, i -> "{\"id\":1,\"name\":\"x\",\"f" + i + "\":1}"),
                one("ever new long fields", "{", i -> "\"f" + i + "x".repeat(500) + "\":1", ",\"id\":1}"),
                one("what nobody reads", "{\"id\":1,\"other\":[", i -> "\"" + "x".repeat(99_000) + "\"", "]}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void takesLittle(String what, Asking asking, String start, IntFunction<String> part, String end) throws Exception {
        try (LargeAnswer server = new LargeAnswer(start, part, end)) {
            MetaKraftwerkClient client = Clients.withToken(server.url(), "t");
            long before = HeldMemory.now();
            for (int i = 0; i < CALLS; i++) {
                CompletableFuture<?> call = asking.apply(client);
                assertThat(HeldMemory.until(call) - before).isBetween(LEAST, MOST);
                Reference.reachabilityFence(call);
            }
        }
    }
}
