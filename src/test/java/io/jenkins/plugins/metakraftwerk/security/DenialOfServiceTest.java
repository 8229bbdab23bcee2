package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that is slow or hostile does not hold the threads of the controller, and never more of them than requests. How
 * long they are held at most is what config.WaitingTest and the tests of the client say.
 */
class DenialOfServiceTest {

    private static final int MANY = 40;

    /** All that the plugin has for reading answers. */
    private static final int WORKERS = 8;

    private static final Duration FOR_EVER = Duration.ofDays(1);

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    private final ExecutorService callers = Executors.newCachedThreadPool(work -> new Thread(work, "caller"));
    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void createJob() throws Exception {
        job = SHARED.jenkins().createFreeStyleProject();
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    /** What came of a call, once it has ended. */
    private record Call(String what, Future<HttpResponse<String>> answer) {
        int status() throws Exception {
            return answer.get(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode();
        }

        String body() throws Exception {
            return answer.get(TestWaits.LIMIT.toSeconds(), TimeUnit.SECONDS).body();
        }
    }

    private Call call(WebMethod method, String credentialsId, String pattern) {
        Map<String, String> values = Map.of(
                "server", "", "url", server.url(), "credentialsId", credentialsId, "pattern", pattern, "patternId", "");
        return new Call(
                method + " with " + credentialsId,
                callers.submit(() -> new Caller(SHARED.jenkins(), "anonymous")
                        .send(Caller.Verb.POST, job.getUrl() + method.path(), method.query(values))));
    }

    private static List<WebMethod> methodsThatAskTheServer() {
        List<WebMethod> methods = WebMethod.all().stream()
                .filter(method -> method.name().matches("doTestConnection|doFill(Pattern|Deployment|AgentGroup)Items"))
                .toList();
        assertThat(methods).hasSizeGreaterThan(5);
        return methods;
    }

    private static WebMethod method(String name) {
        return methodsThatAskTheServer().stream()
                .filter(any -> any.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> tricks() {
        return Stream.of(
                Arguments.of("no answer", Fault.delay(FOR_EVER)),
                Arguments.of("a byte now and then", Fault.drip(Duration.ofMillis(200))),
                Arguments.of("an answer without an end", Fault.endless()),
                Arguments.of("pages without an end", pages()));
    }

    private static Fault pages() {
        return Fault.status(
                200, "application/json", "{\"total\":90000,\"limit\":1,\"data\":[{\"id\":1,\"name\":\"x\"}]}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void everyRequestOfABrowserEnds(String trick, Fault fault) throws Exception {
        server.fault(request -> true, Integer.MAX_VALUE, fault);
        FormLimits.shortCalls();
        assertAllFail(TOKEN_ID);
        // The server answers the log-in as badly, which has a limit of its own that nobody waits for.
        FormLimits.shortWaits();
        assertAllFail(ACCOUNT_ID);
    }

    /** All methods at once, since each waits for its limit. */
    private void assertAllFail(String credentialsId) throws Exception {
        List<Call> calls = methodsThatAskTheServer().stream()
                .map(method -> call(method, credentialsId, StandInDefaults.PATTERN))
                .toList();
        for (Call call : calls) {
            // A list says in its place why there is none.
            assertThat(call.body())
                    .as(call.what())
                    .matches("(?s)<div class=\"?error\"?>.*|\\{.*\"reason\":\"[^\"]+\".*");
        }
    }

    /** Whatever limit each of them has for itself. */
    @ParameterizedTest
    @CsvSource({"POST, /authentication", "GET, /api/v1/patterns"})
    void aLogInAndACallAreLimitedTogether(String httpMethod, String path) throws Exception {
        FormLimits.shortWaits();
        server.fault(httpMethod, path, Integer.MAX_VALUE, Fault.delay(FOR_EVER));
        for (String name : List.of("doTestConnection", "doFillPatternItems")) {
            assertThat(call(method(name), ACCOUNT_ID, "").body()).as(name).contains("did not answer within");
        }
        assertThat(server.requests("POST", StandInServer.AUTHENTICATION)).isNotEmpty();
    }

    /** What waits for the server costs the thread of its own request and no other. */
    @Test
    void manyRequestsToASlowServerDoNotPileUp() throws Exception {
        server.delay(FOR_EVER);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(call(method("doFillDeploymentItems"), TOKEN_ID, "pattern " + i));
        }
        server.awaitRequest("GET", "/api/v1/deployments", MANY, TestWaits.LIMIT);
        assertThat(threads("MetaKraftwerk client .*")).hasSizeLessThanOrEqualTo(WORKERS);
        // Those that Jenkins or Java would give to an HTTP client, as many as there are calls.
        assertThat(threads("(Jenkins HttpClient|HttpClient-\\d+-Worker).*")).isEmpty();
        assertThat(calls).noneMatch(call -> call.answer().isDone());
        assertAnotherServerIsServed();
    }

    private static List<String> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(any -> any.matches(name))
                .toList();
    }

    /** One server that does not answer takes nothing from those that ask another at the same time. */
    @Test
    void aSlowServerDoesNotHoldUpTheUsersOfAnother() throws Exception {
        server.fault(request -> true, Integer.MAX_VALUE, Fault.endless());
        for (int i = 0; i < MANY; i++) {
            call(method("doFillDeploymentItems"), TOKEN_ID, "pattern " + i);
        }
        server.awaitRequest("GET", "/api/v1/deployments", 1, TestWaits.LIMIT);
        assertAnotherServerIsServed();
    }

    private void assertAnotherServerIsServed() throws Exception {
        try (StandInServer healthy = StandInServer.start()) {
            Setup.servers(Setup.server("healthy", healthy.url(), TOKEN_ID));
            Call call = call(method("doFillDeploymentItems"), TOKEN_ID, StandInDefaults.PATTERN);
            assertThat(call.body()).contains(StandInDefaults.DEV);
            assertThat(call.status()).isEqualTo(200);
        }
    }
}
