package io.jenkins.plugins.metakraftwerk.client;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow.Subscription;
import java.util.function.Function;

/** Answers without a network: 200, and as much of a text as is asked for, or with the failure that is thrown instead. */
final class ScriptedHttp extends StubHttp {

    private static final HttpHeaders JSON =
            HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);

    /** All that was asked for. */
    final List<URI> requests = new CopyOnWriteArrayList<>();

    private final Function<URI, Iterator<String>> answers;

    /** @param answers the parts in which an answer comes */
    ScriptedHttp(Function<URI, Iterator<String>> answers) {
        this.answers = answers;
    }

    MetaKraftwerkClient client(Timing timing) {
        try {
            var server = ServerUrl.parse("http://localhost");
            var transport = new HttpTransport(server, this, HttpRequest::newBuilder, timing, ResponseThreads.EXECUTOR);
            return new MetaKraftwerkClient(transport, new StoredTokenSource(() -> "t"));
        } catch (MetaKraftwerkException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        requests.add(request.uri());
        CompletableFuture<HttpResponse<T>> answered = new CompletableFuture<>();
        ResponseThreads.EXECUTOR.execute(() -> {
            try {
                begin(request, handler).whenComplete((body, failure) -> {
                    if (failure == null) {
                        answered.complete(null);
                    } else {
                        answered.completeExceptionally(failure);
                    }
                });
            } catch (UncheckedIOException e) {
                answered.completeExceptionally(e.getCause());
            }
        });
        return answered;
    }

    private <T> CompletableFuture<T> begin(HttpRequest request, BodyHandler<T> handler) {
        Iterator<String> parts = answers.apply(request.uri());
        BodySubscriber<T> subscriber = handler.apply(new Head());
        subscriber.onSubscribe(new Subscription() {
            private boolean over;

            @Override
            public void request(long count) {
                // Not within onNext, which asks for more when it has enough of this.
                ResponseThreads.EXECUTOR.execute(this::next);
            }

            private void next() {
                if (over) {
                    return;
                }
                if (parts.hasNext()) {
                    subscriber.onNext(List.of(ByteBuffer.wrap(parts.next().getBytes(StandardCharsets.UTF_8))));
                } else {
                    over = true;
                    subscriber.onComplete();
                }
            }

            @Override
            public void cancel() {
                over = true;
            }
        });
        return subscriber.getBody().toCompletableFuture();
    }

    private record Head(int statusCode, HttpHeaders headers, Version version) implements ResponseInfo {
        private Head() {
            this(200, JSON, Version.HTTP_1_1);
        }
    }
}
