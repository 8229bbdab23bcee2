package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What comes first counts, however busy those are who go on with it. */
class ExchangeTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final VirtualTiming timing = new VirtualTiming();

    /** What the executor would do if it had the time. */
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();

    private MetaKraftwerkClient busy() throws MetaKraftwerkException {
        return busy(server.url());
    }

    private MetaKraftwerkClient busy(String url) throws MetaKraftwerkException {
        var http = Transport.httpClient(HttpClient.newBuilder(), Workers.EXECUTOR);
        var transport = new Transport(ServerUrl.parse(url), http, HttpRequest::newBuilder, timing, work::add);
        return new MetaKraftwerkClient(transport, new ReadyToken(server::token));
    }

    private CompletableFuture<BuildDeployment> post(MetaKraftwerkClient client) {
        return TestClients.create(client);
    }

    private Runnable nextWork() throws InterruptedException {
        Runnable next = work.poll(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("something to do").isNotNull();
        return next;
    }

    @Test
    void anAnswerThatHasComeIsNoTimeOut() throws Exception {
        var call = post(busy());
        Runnable goOn = nextWork();
        timing.advance(Transport.ANSWER_TIMEOUT);
        goOn.run();
        assertThat(get(call).id()).isEqualTo(1);
        assertThat(work).isEmpty();
    }

    @Test
    void aRefusalThatHasComeIsNoTimeOut() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(503, "Later"));
        var call = post(busy());
        Runnable goOn = nextWork();
        timing.advance(Transport.ANSWER_TIMEOUT);
        goOn.run();
        assertThat(failure(call).effect()).isEqualTo(Effect.REFUSED);
    }

    @Test
    void aConnectionThatWasNotMadeIsNoTimeOut() throws Exception {
        try (SilentPort port = new SilentPort()) {
            var call = post(busy(port.url()));
            Runnable goOn = nextWork();
            timing.advance(Transport.ANSWER_TIMEOUT);
            goOn.run();
            assertThat(failure(call).effect()).isEqualTo(Effect.NOT_SENT);
        }
    }

    @Test
    void anAnswerThatComesTooLateIsATimeOut() throws Exception {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = post(busy());
        server.awaitDeployments(1, TestClients.LIMIT);
        timing.advance(Transport.ANSWER_TIMEOUT);
        Runnable goOn = nextWork();
        hold.release();
        goOn.run();
        assertThat(failure(call)).hasMessageContaining("did not answer in time");
        assertThat(work).isEmpty();
    }

    /** The limit is one for the last byte, not for the first. */
    @Test
    void anAnswerThatDripsIsATimeOut() {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Iterator<String> body = Stream.generate(() -> {
                    sent.join();
                    timing.advance(SECOND);
                    return " ";
                })
                .iterator();
        var call = post(new ScriptedHttp(uri -> body).client(timing));
        sent.complete(null);
        MetaKraftwerkException failure = failure(call);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("did not answer in time");
        assertThat(timing.uptime()).isEqualTo(Transport.ANSWER_TIMEOUT);
    }

    /** The limit has waited for the same threads as the answer, which may have come long ago. */
    @Test
    void aLimitThatIsNoticedLateLeavesTimeToReadWhatIsThere() {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = post(TestClients.of(server, timing));
        server.awaitDeployments(1, TestClients.LIMIT);
        timing.advance(Transport.ANSWER_TIMEOUT.plus(SECOND.multipliedBy(5)));
        hold.release();
        assertThat(get(call).id()).isEqualTo(1);
        assertThat(timing.idle()).isTrue();
    }

    @Test
    void aLimitThatIsNoticedLateIsALimit() {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = post(TestClients.of(server, timing));
        timing.advance(Transport.ANSWER_TIMEOUT.plus(SECOND.multipliedBy(5)));
        timing.advance(SECOND);
        assertThat(failure(call)).hasMessageContaining("did not answer in time");
    }

    @Test
    void nobodyWaitsForAnythingAfterwards() {
        get(post(TestClients.of(server, timing)));
        assertThat(timing.idle()).isTrue();
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        failure(post(TestClients.of(server, timing)));
        assertThat(timing.idle()).isTrue();
        server.hold("POST", BUILD_DEPLOYMENTS);
        post(TestClients.of(server, timing)).cancel(true);
        assertThat(timing.idle()).isTrue();
    }
}
