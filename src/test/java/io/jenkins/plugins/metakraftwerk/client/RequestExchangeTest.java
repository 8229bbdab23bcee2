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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What comes first counts, however busy those are who go on with it. */
class RequestExchangeTest {

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
        var http = HttpTransport.httpClient(HttpClient.newBuilder(), ResponseThreads.EXECUTOR);
        var transport = new HttpTransport(ServerUrl.parse(url), http, HttpRequest::newBuilder, timing, work::add);
        return new MetaKraftwerkClient(transport, new StoredTokenSource(server::token));
    }

    private CompletableFuture<BuildDeployment> post(MetaKraftwerkClient client) {
        return TestClients.create(client);
    }

    /** The same of a busy client, which has had the time to write the request. */
    private CompletableFuture<BuildDeployment> written(MetaKraftwerkClient busy) throws InterruptedException {
        var call = VirtualThreads.begin(work::add, () -> busy.create(TestClients.request(), () -> true));
        nextWork().run();
        return call;
    }

    private Runnable nextWork() throws InterruptedException {
        Runnable next = work.poll(TestClients.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(next).as("something to do").isNotNull();
        return next;
    }

    @Test
    void anAnswerThatHasComeIsNoTimeOut() throws Exception {
        var call = written(busy());
        Runnable goOn = nextWork();
        timing.advance(HttpTransport.ANSWER_TIMEOUT);
        goOn.run();
        nextWork().run();
        assertThat(get(call).id()).isEqualTo(1);
        assertThat(work).isEmpty();
    }

    @Test
    void aRefusalThatHasComeIsNoTimeOut() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(503, "Later"));
        var call = written(busy());
        Runnable goOn = nextWork();
        timing.advance(HttpTransport.ANSWER_TIMEOUT);
        goOn.run();
        nextWork().run();
        assertThat(failure(call).effect()).isEqualTo(Effect.REFUSED);
    }

    @Test
    void aConnectionThatWasNotMadeIsNoTimeOut() throws Exception {
        try (SilentPort port = new SilentPort()) {
            var call = written(busy(port.url()));
            Runnable goOn = nextWork();
            timing.advance(HttpTransport.ANSWER_TIMEOUT);
            goOn.run();
            nextWork().run();
            assertThat(failure(call).effect()).isEqualTo(Effect.NOT_SENT);
        }
    }

    @Test
    void anAnswerThatComesTooLateIsATimeOut() throws Exception {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = written(busy());
        server.awaitDeployments(1, TestClients.LIMIT);
        timing.advance(HttpTransport.ANSWER_TIMEOUT);
        Runnable goOn = nextWork();
        hold.release();
        goOn.run();
        assertThat(failure(call)).hasMessageContaining("did not answer in time");
        assertThat(work).isEmpty();
    }

    /** The limit is one for the last byte, not for the first. */
    @Test
    void anAnswerThatDripsIsATimeOut() {
        CompletableFuture<CompletableFuture<?>> sent = new CompletableFuture<>();
        Iterator<String> body = Stream.generate(() -> {
                    var reading = sent.join();
                    timing.advance(SECOND);
                    if (timing.uptime().equals(HttpTransport.ANSWER_TIMEOUT)) {
                        until(reading::isDone);
                    }
                    return " ";
                })
                .iterator();
        var call = post(new ScriptedHttp(uri -> body).client(timing));
        sent.complete(call);
        MetaKraftwerkException failure = failure(call);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isTrue();
        assertThat(failure).hasMessageContaining("did not answer in time");
        assertThat(timing.uptime()).isEqualTo(HttpTransport.ANSWER_TIMEOUT);
    }

    private static void until(BooleanSupplier so) {
        while (!so.getAsBoolean()) {
            Thread.yield();
        }
    }

    /** The limit has waited for the same threads as the answer, which may have come long ago. */
    @Test
    void aLimitThatIsNoticedLateLeavesTimeToReadWhatIsThere() {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = post(TestClients.forServer(server, timing));
        server.awaitDeployments(1, TestClients.LIMIT);
        timing.advance(HttpTransport.ANSWER_TIMEOUT.plus(SECOND.multipliedBy(5)));
        hold.release();
        assertThat(get(call).id()).isEqualTo(1);
        assertThat(timing.idle()).isTrue();
    }

    @Test
    void aLimitThatIsNoticedLateIsALimit() {
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        var call = post(TestClients.forServer(server, timing));
        timing.awaitWait();
        timing.advance(HttpTransport.ANSWER_TIMEOUT.plus(SECOND.multipliedBy(5)));
        timing.awaitWait();
        timing.advance(SECOND);
        assertThat(failure(call)).hasMessageContaining("did not answer in time");
    }

    @Test
    void nobodyWaitsForAnythingAfterwards() {
        get(post(TestClients.forServer(server, timing)));
        assertThat(timing.idle()).isTrue();
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        failure(post(TestClients.forServer(server, timing)));
        assertThat(timing.idle()).isTrue();
        server.hold("POST", BUILD_DEPLOYMENTS);
        var call = post(TestClients.forServer(server, timing));
        timing.awaitWait();
        call.cancel(true);
        until(timing::idle);
    }
}
