package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.SERVER;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What came from the server, or was typed, can do no more in a form than be read. */
class OutputInFormsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void hostileNames() {
        Attack.names(server);
    }

    private static Stream<String> lists() {
        return Stream.of("doFillPatternItems", "doFillDeploymentItems", "doFillAgentGroupItems");
    }

    private static List<WebMethod> named(String name) {
        List<WebMethod> methods = WebMethod.all().stream()
                .filter(method -> method.name().equals(name))
                .toList();
        assertThat(methods).isNotEmpty();
        return methods;
    }

    private Answered call(WebMethod method, Map<String, String> values) throws Exception {
        String place = jenkins.createFreeStyleProject().getUrl();
        var response =
                new Caller(jenkins, "anonymous").send(Caller.Verb.POST, place + method.path(), method.query(values));
        return new Answered(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }

    private record Answered(int status, String type, String body) {}

    private Map<String, String> values() {
        return Map.of(
                "server", SERVER, "credentialsId", "", "pattern", Attack.NAME, "patternId", "", "url", server.url());
    }

    /** A value is data for a form, which must come back as it was; a label is for people. */
    @ParameterizedTest
    @MethodSource("lists")
    void labelsOfLists(String name) throws Exception {
        for (WebMethod method : named(name)) {
            Answered answer = call(method, values());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.type()).startsWith("application/json");
            assertThat(Attack.labels(answer.body()))
                    .anySatisfy(label -> assertThat(label).startsWith(Attack.MARKUP))
                    .allSatisfy(label -> {
                        assertThat(label).hasSizeLessThan(1000);
                        Attack.assertWithoutTricks(label);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("lists")
    void reasonsWhyAListIsMissing(String name) throws Exception {
        for (WebMethod method : named(name)) {
            for (Fault fault : Attack.faults()) {
                assertReasonIsHarmless(method, fault);
            }
        }
    }

    private void assertReasonIsHarmless(WebMethod method, Fault fault) throws Exception {
        try (StandInServer hostile = StandInServer.start()) {
            hostile.fault(request -> true, Integer.MAX_VALUE, fault);
            Setup.servers(Setup.server(SERVER, hostile.url(), TOKEN_ID));
            Answered answer = call(method, values());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.type()).startsWith("application/json");
            String reason = JSONObject.fromObject(answer.body()).getString("reason");
            assertThat(reason).isNotBlank().isNotEqualTo("null").hasSizeLessThan(2000);
            Attack.assertWithoutTricks(reason);
        }
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.metakraftwerk.security.Attack#faults")
    void theTestOfAConnection(Fault fault) throws Exception {
        server.fault(request -> true, 1, fault);
        Answered answer =
                call(named("doTestConnection").get(0), Map.of("url", server.url(), "credentialsId", TOKEN_ID));
        assertThat(answer.body()).startsWith("<div class=\"error\">").hasSizeLessThan(2000);
        Attack.assertHarmless(answer.body());
    }

    /** Also what somebody else put into the form of a victim, whatever the method. */
    @ParameterizedTest
    @MethodSource("everyMethod")
    void whatIsTypedIntoAnyField(String field) throws Exception {
        for (WebMethod method : WebMethod.all()) {
            Map<String, String> query = method.query(Map.of());
            if (query.containsKey(field)) {
                Answered answer = call(method, Map.of(field, Attack.MARKUP));
                assertThat(answer.type().startsWith("text/html")
                                && answer.body().contains(Attack.MARKUP))
                        .as(method + ": " + answer)
                        .isFalse();
            }
        }
    }

    private static Stream<String> everyMethod() {
        return WebMethod.all().stream()
                .flatMap(method -> method.query(Map.of()).keySet().stream())
                .distinct();
    }
}
