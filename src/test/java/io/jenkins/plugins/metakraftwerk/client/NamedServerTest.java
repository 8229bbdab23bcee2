package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Failures name a server once: by the name that somebody gave it, else by its address. */
class NamedServerTest {

    private final StandInServer server = StandInServer.start();
    private final MetaKraftwerkClient client = TestClients.forServer(server).named("Production");

    @AfterEach
    void stop() {
        server.close();
    }

    private String message(ReadRetries.ReadCall<?> call) {
        return failure(call).getMessage();
    }

    @Test
    void inAnAnswer() {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(404, "No such pattern"));
        assertThat(failure(TestClients.create(client)).getMessage())
                .startsWith("Production answered 404 to POST /build_deployments: No such pattern. Check")
                .doesNotContain("localhost", server.url());
    }

    @Test
    void inAnAnswerThatIsNoUse() {
        server.fault("GET", "/api/v1/patterns", 1, Fault.status(200, "text/html", "<html>"));
        assertThat(message(() -> client.patterns()))
                .startsWith("Production answered GET /patterns with something that is not JSON.");
        server.fault("GET", "/api/v1/builds/5139", 1, Fault.truncate());
        assertThat(message(() -> client.build(5139)))
                .startsWith("The connection to Production broke before the whole answer was there (GET /builds/5139).");
    }

    @Test
    void whereNothingIsSent() {
        var away = TestClients.withToken("https://no-such-host.invalid:8443/mk", "t")
                .named("Production");
        assertThat(failure(TestClients.create(away)))
                .hasMessageStartingWith(
                        "Production could not be reached: the host no-such-host.invalid is not known. Check");
    }

    @Test
    void inAFailureOfALogInThatServersWithTwoNamesShare() {
        MetaKraftwerkClient shared = TestClients.loggingIn(server);
        server.fault("POST", StandInServer.AUTHENTICATION, 2, Fault.error(400, "No"));
        var first = TestClients.begin(shared.named("Production")::patterns);
        var second = TestClients.begin(shared.named("Test")::patterns);
        assertThat(failure(first)).hasMessageStartingWith("Production answered 400 to POST /authentication: No.");
        assertThat(failure(second)).hasMessageStartingWith("Test answered 400 to POST /authentication: No.");
    }

    @Test
    void byItsAddressWhereItHasNoName() {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(403, "No"));
        assertThat(failure(TestClients.create(TestClients.forServer(server))))
                .hasMessageStartingWith(server.url() + " answered 403 to POST /build_deployments: No. The account");
    }

    @Test
    void aRedirectIsShownAsItIs() {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.redirect(302, server.url()));
        assertThat(failure(TestClients.create(client)).getMessage()).contains("It redirects to " + server.url() + ".");
    }

    @Test
    void cancellingEndsTheCall() {
        Hold hold = server.hold("GET", "/api/v1/patterns");
        var call = TestClients.begin(client::patterns);
        server.awaitRequest("GET", "/api/v1/patterns", 1, TestClients.LIMIT);
        call.cancel(true);
        assertThat(call).isCancelled();
        hold.release();
    }

    @Test
    void aNameMakesAnotherClient() {
        assertThat(client).isEqualTo(client.named("Production")).isNotEqualTo(client.named("Test"));
        assertThat(client.server())
                .as("what claims are kept by")
                .isEqualTo(client.named("Test").server());
    }
}
