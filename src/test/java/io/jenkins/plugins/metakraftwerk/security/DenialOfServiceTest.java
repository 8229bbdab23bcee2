package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.config.Setup;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A server that is slow or hostile holds the threads of the controller for a short while, and only so many of them. */
@WithJenkins
class DenialOfServiceTest {

    /** What is promised for every request of a browser. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    private static final int MANY = 40;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private static JenkinsRule jenkins;
    private static FreeStyleProject job;

    private final ExecutorService callers = Executors.newCachedThreadPool(work -> new Thread(work, "caller"));
    private StandInServer server;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject();
    }

    @BeforeEach
    void startServer() throws Exception {
        server = StandInServer.start();
        Setup.systemCredential(Setup.secretText(CredentialsScope.GLOBAL, server.url(), server.token()));
        Setup.systemCredential(
                Setup.logIn(CredentialsScope.GLOBAL, "log-in " + server.url(), StandInDefaults.PASSWORD));
        Setup.servers(Setup.server("main", server.url(), server.url()));
    }

    @AfterEach
    void stop() {
        server.close();
        callers.shutdownNow();
    }

    /** How long a call took, and what came of it. */
    private record Call(String what, Duration took, int status, String body) {}

    private Future<Call> begin(WebMethod method, Map<String, String> values) {
        return callers.submit(() -> call(method, values));
    }

    private Call call(WebMethod method, Map<String, String> values) {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> response = new Caller(jenkins, "anonymous")
                    .send(Caller.Verb.POST, job.getUrl() + method.path(), method.query(values));
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            return new Call(method.toString(), took, response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> values(String credentialsId, String pattern) {
        return Map.of(
                "server",
                "main",
                "url",
                server.url(),
                "credentialsId",
                credentialsId,
                "pattern",
                pattern,
                "patternId",
                "");
    }

    private static List<WebMethod> methodsThatAskTheServer() {
        List<WebMethod> methods = WebMethod.all().stream()
                .filter(method -> method.name().matches("doTestConnection|doFill(Pattern|Deployment|AgentGroup)Items"))
                .toList();
        assertThat(methods).hasSizeGreaterThan(10);
        return methods;
    }

    static Stream<Arguments> tricks() {
        return Stream.of(
                Arguments.of("no answer", Fault.delay(FOR_EVER)),
                Arguments.of("a byte now and then", Fault.drip(Duration.ofMillis(200))),
                Arguments.of("an answer without an end", Fault.endless()),
                Arguments.of("pages without an end", pages()),
                Arguments.of("an answer that is late", Fault.delay(Duration.ofSeconds(7))));
    }

    private static Fault pages() {
        return Fault.status(
                200, "application/json", "{\"total\":90000,\"limit\":1,\"data\":[{\"id\":1,\"name\":\"x\"}]}");
    }

    /** All methods at once, since each waits for its limit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tricks")
    void noRequestOfABrowserIsHeldLongerThanPromised(String trick, Fault fault) throws Exception {
        server.fault(request -> true, Integer.MAX_VALUE, fault);
        List<Future<Call>> calls = new ArrayList<>();
        for (WebMethod method : methodsThatAskTheServer()) {
            calls.add(begin(method, values(server.url(), StandInDefaults.PATTERN)));
            // With a log-in, which the server answers as badly.
            calls.add(begin(method, values("log-in " + server.url(), StandInDefaults.PATTERN)));
        }
        for (Future<Call> future : calls) {
            Call call = future.get(1, TimeUnit.MINUTES);
            assertThat(call.took()).as(call.toString()).isLessThan(PROMISED);
            assertThat(call.body()).as(call.toString()).matches("(?s)<div class=\"?error\"?>.*");
        }
    }

    /** The log-in and then the list: each within its own limit, both together within the promise. */
    @Test
    void aSlowLogInCountsToo() throws Exception {
        server.fault("POST", StandInServer.AUTHENTICATION, 1, Fault.delay(Duration.ofSeconds(4)));
        server.fault(request -> request.method().equals("GET"), Integer.MAX_VALUE, Fault.delay(FOR_EVER));
        for (String name : List.of("doTestConnection", "doFillPatternItems")) {
            WebMethod method = methodsThatAskTheServer().stream()
                    .filter(any -> any.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            Call call = call(method, values("log-in " + server.url(), ""));
            assertThat(call.took()).as(call.toString()).isLessThan(PROMISED);
            assertThat(call.body()).contains("did not answer");
        }
    }

    /** What waits for the server costs the thread of its own request and no other. */
    @Test
    void manyRequestsToASlowServerDoNotPileUp() throws Exception {
        server.delay(FOR_EVER);
        WebMethod method = methodsThatAskTheServer().stream()
                .filter(any -> any.name().equals("doFillDeploymentItems"))
                .findFirst()
                .orElseThrow();
        Set<Thread> before = ownThreads();
        List<Future<Call>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(begin(method, values(server.url(), "pattern " + i)));
        }
        server.awaitRequest("GET", "/api/v1/deployments", MANY, Duration.ofSeconds(30));
        Set<Thread> more = ownThreads();
        more.removeAll(before);
        assertThat(more.stream().map(Thread::getName)).hasSizeLessThan(MANY / 2);
        assertThat(more.stream().map(Thread::getName).filter(name -> name.startsWith("MetaKraftwerk client")))
                .hasSizeLessThanOrEqualTo(8);
        for (Future<Call> future : calls) {
            Call call = future.get(1, TimeUnit.MINUTES);
            assertThat(call.took()).as(call.toString()).isLessThan(PROMISED);
            assertThat(call.body()).contains("did not answer in time");
        }
        assertAnotherServerIsServed(method);
    }

    /** Threads other than those of the web server, which holds one for each request, and of this test. */
    private static Set<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().matches("(?s)(caller|stand-in|qtp|Handling |Jetty|HttpClient-).*"))
                .collect(Collectors.toSet());
    }

    private void assertAnotherServerIsServed(WebMethod method) throws Exception {
        try (StandInServer healthy = StandInServer.start()) {
            Setup.servers(Setup.server("main", healthy.url(), server.url()));
            Call call = call(method, values(server.url(), StandInDefaults.PATTERN));
            assertThat(call.status()).isEqualTo(200);
            assertThat(call.body()).contains(StandInDefaults.DEV);
        }
    }

    /** One server that does not answer takes nothing from those that ask another at the same time. */
    @Test
    void aSlowServerDoesNotHoldUpTheUsersOfAnother() throws Exception {
        server.fault(request -> true, Integer.MAX_VALUE, Fault.endless());
        WebMethod method = methodsThatAskTheServer().stream()
                .filter(any -> any.name().equals("doFillDeploymentItems"))
                .findFirst()
                .orElseThrow();
        List<Future<Call>> calls = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            calls.add(begin(method, values(server.url(), "pattern " + i)));
        }
        server.awaitRequest("GET", "/api/v1/deployments", 1, Duration.ofSeconds(30));
        assertAnotherServerIsServed(method);
        for (Future<Call> future : calls) {
            Call call = future.get(1, TimeUnit.MINUTES);
            assertThat(call.took()).as(call.toString()).isLessThan(PROMISED);
        }
    }
}
