package io.jenkins.plugins.metakraftwerk.client;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.failure;
import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Where the virtual machine is at its end, a call fails that this hits, and says whether it may have been sent. */
class ErrorsTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final VirtualTiming timing = new VirtualTiming();

    private MetaKraftwerkClient client(HttpClient http, Executor executor, Supplier<String> token) {
        try {
            var transport =
                    new HttpTransport(ServerUrl.parse(server.url()), http, HttpRequest::newBuilder, timing, executor);
            return new MetaKraftwerkClient(transport, new StoredTokenSource(token));
        } catch (MetaKraftwerkException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpClient http() {
        return HttpTransport.httpClient(HttpClient.newBuilder(), ResponseThreads.EXECUTOR);
    }

    /** Breaks with the request, and nobody knows how far that has come. */
    private static final class BreaksWhenSent extends StubHttp {
        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    @Test
    void aTokenThatCannotBeLoadedMeansThatNothingWasSent() {
        var client = client(http(), ResponseThreads.EXECUTOR, () -> {
            throw new NoClassDefFoundError("Vault");
        });
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(failure).hasMessageContaining("No token could be made").hasMessageContaining("NoClassDefFoundError");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whoeverIsAskedWhetherItIsWantedMayBreak() {
        var client = client(http(), ResponseThreads.EXECUTOR, server::token);
        var call = TestClients.begin(() -> client.create(TestClients.request(), () -> {
            throw new StackOverflowError();
        }));
        assertThat(failure(call).effect()).isEqualTo(Effect.NOT_SENT);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whatBreaksWhileItIsSentMayHaveBeenSent() {
        var client = client(new BreaksWhenSent(), ResponseThreads.EXECUTOR, server::token);
        MetaKraftwerkException failure = failure(TestClients.create(client));
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("OutOfMemoryError");
        assertThat(timing.idle()).as("no limit waits on").isTrue();
    }

    @Test
    void anAnswerIsReadWhereNobodyTakesIt() {
        AtomicBoolean began = new AtomicBoolean();
        var client = client(
                http(),
                task -> {
                    if (began.getAndSet(true)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                },
                server::token);
        assertThat(get(TestClients.create(client)).id()).isEqualTo(1);
    }

    @Test
    void aLimitEndsTheCallWhereThereIsNoMoreTimeToBeHad() {
        server.holdAnswer("POST", StandInServer.BUILD_DEPLOYMENTS);
        var call = TestClients.create(client(http(), ResponseThreads.EXECUTOR, server::token));
        server.awaitDeployments(1, TestClients.LIMIT);
        timing.stop();
        timing.advance(HttpTransport.ANSWER_TIMEOUT.multipliedBy(2));
        assertThat(failure(call)).hasMessageContaining("did not answer in time");
    }

    @Test
    void theGateLetsThroughWhomNobodyTakes() {
        ResponseGate gate = new ResponseGate(task -> {
            throw new RejectedExecutionException("full");
        });
        ResponseGate.Pass[] first = new ResponseGate.Pass[4];
        for (int i = 0; i < first.length; i++) {
            first[i] = gate.pass();
            first[i].begin(() -> {});
        }
        CompletableFuture<Void> through = new CompletableFuture<>();
        gate.pass().begin(() -> through.complete(null));
        assertThat(through).isNotDone();
        first[0].end();
        assertThat(through).isDone();
    }
}
