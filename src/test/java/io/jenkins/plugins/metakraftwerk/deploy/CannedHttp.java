package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.StubHttp;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Function;

/** For more calls than a network could carry: each is answered at once, by the thread that asks. */
final class CannedHttp extends StubHttp {

    /** An answer in JSON. */
    record Canned(int statusCode, String body) implements ResponseInfo {
        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }

    private final Function<HttpRequest, Canned> answers;

    CannedHttp(Function<HttpRequest, Canned> answers) {
        this.answers = answers;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        Canned canned = answers.apply(request);
        BodySubscriber<T> body = handler.apply(canned);
        body.onSubscribe(new Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {}
        });
        body.onNext(List.of(ByteBuffer.wrap(canned.body().getBytes(StandardCharsets.UTF_8))));
        body.onComplete();
        // Whoever reads the body needs no more of the answer.
        return body.getBody().<HttpResponse<T>>thenApply(read -> null).toCompletableFuture();
    }
}
