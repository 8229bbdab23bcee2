package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However long a list is and in whatever parts it comes, reading it ends, and takes little. */
class ListLimitsTest {

    private static final BuildDeploymentFilter ALL = new BuildDeploymentFilter(null, null, null, null, null);

    private final VirtualTiming timing = new VirtualTiming();

    private MetaKraftwerkClient client(Stream<String> parts) {
        Iterator<String> all = parts.iterator();
        return new ScriptedHttp(uri -> all).client(timing);
    }

    private static Stream<String> entries(long count) {
        Stream<String> entries = LongStream.rangeClosed(1, count).mapToObj(id -> entry(id) + (id < count ? "," : "]"));
        return Stream.concat(Stream.of("["), inBlocks(entries));
    }

    private static Stream<String> inBlocks(Stream<String> texts) {
        Iterator<String> all = texts.iterator();
        return Stream.iterate(block(all), text -> !text.isEmpty(), last -> block(all));
    }

    private static String block(Iterator<String> texts) {
        StringBuilder block = new StringBuilder();
        while (texts.hasNext() && block.length() < 16_000) {
            block.append(texts.next());
        }
        return block.toString();
    }

    private static String entry(long id) {
        return "{\"id\":" + id + ",\"build_id\":7}";
    }

    private static CompletableFuture<Long> count(MetaKraftwerkClient client) {
        return TestClients.begin(() -> client.collect(ALL, Collectors.counting()));
    }

    @Test
    void twoHundredThousandEntriesAreReadOneByOne() {
        assertThat(get(count(client(entries(200_000))))).isEqualTo(200_000);
        assertThat(failure(count(client(entries(200_001)))))
                .hasMessageContaining("more than 200000 entries")
                .hasMessageContaining("Narrow the search down by build, pattern and deployment");
    }

    @Test
    void aWholeListHasHundredThousand() {
        assertThat(get(() -> client(entries(100_000)).find(ALL))).hasSize(100_000);
        assertThat(failure(() -> client(entries(100_001)).find(ALL)))
                .hasMessageContaining("more than 100000 entries")
                .hasMessageContaining("Narrow the search down");
    }

    /** What is of no interest counts too. */
    private static Stream<String> withoutEnd() {
        String block = "[{\"x\":[1,{}],\"y\":\"" + "x".repeat(16_000) + "\"}],";
        return Stream.concat(Stream.of("[{\"id\":1,\"build_id\":7,\"other\":["), Stream.generate(() -> block));
    }

    @Test
    void bytesWithoutEnd() {
        assertThat(failure(count(client(withoutEnd())))).hasMessageContaining("more than 64 MiB. Narrow the search");
        assertThat(failure(() -> client(withoutEnd()).find(ALL)))
                .hasMessageContaining("more than 10 MiB. Narrow the search");
        assertThat(failure(() -> client(withoutEnd()).agents(null)))
                .hasMessageContaining("more than 10 MiB. Ask the administrator");
    }

    @Test
    void theLimitsAreForAllPages() {
        String filler = "x".repeat(900_000);
        ScriptedHttp http = new ScriptedHttp(uri -> {
            String skip = String.valueOf(uri.getRawQuery()).replaceAll("\\D|24", "");
            long id = skip.isEmpty() ? 1 : Long.parseLong(skip) + 1;
            return List.of("{\"total\":999,\"filler\":\"" + filler + "\",\"data\":[" + entry(id) + "]}")
                    .iterator();
        });
        assertThat(failure(() -> http.client(timing).find(ALL))).hasMessageContaining("more than 10 MiB");
        assertThat(http.requests).hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(longs = {200_001, Long.MAX_VALUE})
    void aTotalBeyondTheLimitIsNotReadUpTo(long total) {
        ScriptedHttp http = new ScriptedHttp(uri ->
                List.of("{\"total\":" + total + ",\"data\":[" + entry(1) + "]}").iterator());
        assertThat(failure(count(http.client(timing)))).hasMessageContaining("more than 200000 entries");
        assertThat(http.requests).hasSize(1);
    }

    @Test
    void pagesThatAreTooSmallAreNotReadUpToTheEnd() {
        ScriptedHttp http = new ScriptedHttp(
                uri -> List.of("{\"total\":90000,\"data\":[" + entry(1) + "]}").iterator());
        assertThat(failure(() -> http.client(timing).find(ALL))).hasMessageContaining("over more than 10000 pages");
        assertThat(http.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void anEntryMayComeInAnyParts(int length) {
        String body = "{ \"skip\": 0, \"data\" : [ {\"name\":\"数据 😀\\u00e4\\n\", \"id\" : 12,\"x\":{\"id\":[{}]},"
                + "\"online\":true,\"agent_id\":null} , {\"id\":3,\"name\":\"\",\"group_id\":-1} ],\"total\":2}\n";
        int[] points = body.codePoints().toArray();
        Stream<String> parts = Stream.iterate(0, i -> i < points.length, i -> i + length)
                .map(i -> new String(points, i, Math.min(length, points.length - i)));
        assertThat(get(() -> client(parts).agents(null)))
                .containsExactly(new Agent(12L, "数据 😀ä\n", null, null, true), new Agent(3L, "", null, null, null));
    }

    /** The exchange of a page holds what its answer comes from; as the list is read, it can go. */
    @Test
    void fiveThousandPagesAreNotKept() {
        List<WeakReference<Object>> answers = new CopyOnWriteArrayList<>();
        CompletableFuture<CompletableFuture<Long>> reading = new CompletableFuture<>();
        CompletableFuture<Integer> dependents = new CompletableFuture<>();
        PagedList pages = new PagedList(
                1,
                page -> {
                    if (page == 5000) {
                        awaitCollected(answers);
                        dependents.complete(reading.join().getNumberOfDependents());
                    }
                },
                LongStream.rangeClosed(1, 5000).toArray());
        var http = new ScriptedHttp(uri -> {
            Iterator<String> answer = pages.apply(uri);
            answers.add(new WeakReference<>(answer));
            return answer;
        });
        reading.complete(count(http.client(timing)));
        assertThat(get(dependents)).isLessThanOrEqualTo(8);
        assertThat(get(reading.join())).isEqualTo(5000);
    }

    private static void awaitCollected(List<WeakReference<Object>> references) {
        long end = System.nanoTime() + TestClients.LIMIT.toNanos();
        while (references.stream().filter(reference -> reference.get() != null).count() > 20) {
            assertThat(System.nanoTime()).as("collected in time").isLessThan(end);
            System.gc();
        }
    }

    @Test
    void allPagesTogetherHaveOneTimeLimit() {
        PagedList pages = new PagedList(
                1,
                page -> timing.advance(Duration.ofSeconds(1)),
                LongStream.rangeClosed(1, 999).toArray());
        var http = new ScriptedHttp(pages);
        MetaKraftwerkException failure = failure(count(http.client(timing)));
        assertThat(failure).hasMessageContaining("did not answer in time");
        assertThat(failure.retryable()).isTrue();
        assertThat(http.requests).hasSize(60);
    }

    @Test
    void theTimeOfAListBeginsAfterTheLogIn() {
        try (StandInServer server = StandInServer.start()) {
            Hold logIn = server.hold("POST", StandInServer.AUTHENTICATION);
            Hold list = server.hold("GET", "/api/v1/patterns");
            var client = TestClients.loggingIn(server, StandInDefaults.PASSWORD, timing)
                    .withTimeout(Duration.ofSeconds(5));
            var call = TestClients.begin(client::patterns);
            server.awaitRequest("POST", StandInServer.AUTHENTICATION, 1, TestClients.LIMIT);
            timing.advance(Duration.ofSeconds(59));
            logIn.release();
            server.awaitRequest("GET", "/api/v1/patterns", 1, TestClients.LIMIT);
            timing.advance(Duration.ofMillis(4999));
            assertThat(call).isNotDone();
            timing.advance(Duration.ofMillis(1));
            assertThat(failure(call)).hasMessageContaining("did not answer in time (GET /patterns, limit 5 s)");
            list.release();
        }
    }
}
