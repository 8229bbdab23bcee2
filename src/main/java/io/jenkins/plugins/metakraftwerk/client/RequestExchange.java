package io.jenkins.plugins.metakraftwerk.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Future;

/**
 * One request on its way. Its outcome is set on the thread of the HTTP client, at the moment when it happens. So it
 * does not depend on when the waiting virtual thread goes on.
 */
final class RequestExchange<T> {

    /** The outcome of an exchange: a value or a failure. */
    private interface Outcome<T> {
        T get() throws MetaKraftwerkException;
    }

    private final ExchangeContext context;
    private final ApiRequest request;
    private final BodyParser.Factory<T> parsers;
    private final ResponseGate.Pass pass;

    /** Completed with the outcome, or when nobody wants the response any more. */
    private final CompletableFuture<Outcome<T>> ended = new CompletableFuture<>();

    RequestExchange(ExchangeContext context, ApiRequest request, BodyParser.Factory<T> parsers) {
        this.context = context;
        this.request = request;
        this.parsers = parsers;
        pass = context.gate().pass();
    }

    /**
     * Sends, and waits for the whole response.
     *
     * @throws MetaKraftwerkException for any status but 2xx, and if no usable response came
     * @throws InterruptedException if the response is not wanted any more; the request is not recalled
     */
    T send(HttpRequest message, TimeLimit.Watch limit) throws MetaKraftwerkException, InterruptedException {
        var sending = begin(message);
        try {
            sending.whenComplete(this::finished);
            if (!limit.awaits(ended)) {
                throw ExceptionMapper.timeout(context.server(), request.toString(), request.timeout());
            }
        } finally {
            if (ended.completeExceptionally(new CancellationException())) {
                sending.cancel(true);
            }
        }
        return read(ended.join());
    }

    /**
     * Reads the value on a platform thread. Parsing would keep one of the few carriers of virtual threads for too long.
     */
    private T read(Outcome<T> outcome) throws MetaKraftwerkException, InterruptedException {
        Future<T> read;
        try {
            read = new PlatformCalls(context.executor()).begin(outcome::get);
        } catch (RuntimeException | Error e) {
            // The executor takes no task, so this thread has to do it.
            return outcome.get();
        }
        return VirtualThreadWaits.await(read);
    }

    private CompletableFuture<HttpResponse<Void>> begin(HttpRequest message) throws MetaKraftwerkException {
        try {
            return context.http().sendAsync(message, info -> new ParsingSubscriber(info.statusCode(), info.headers()));
        } catch (RuntimeException | Error e) {
            pass.end();
            throw ExceptionMapper.ofCall(context.server(), request, Optional.empty(), e);
        }
    }

    /** Handles the end of the HTTP client's work. Most responses have set the outcome before. */
    private void finished(HttpResponse<Void> response, Throwable failure) {
        pass.end();
        if (ended.isDone()) {
            return;
        }
        if (failure != null) {
            // On this thread, since it asks Jenkins for the proxy.
            var mapped = ExceptionMapper.ofCall(
                    context.server(), request, context.proxy(request.uri()), Futures.cause(failure));
            ended.complete(() -> {
                throw mapped;
            });
        } else {
            // A proxy that refuses a tunnel sends no body.
            ended.complete(() -> body(response.statusCode(), response.headers()).end());
        }
    }

    private BodyParser<T> body(int status, HttpHeaders headers) throws MetaKraftwerkException {
        ApiResponse apiResponse = new ApiResponse(context.server(), request, status, headers);
        return apiResponse.isSuccess()
                ? parsers.begin(apiResponse)
                : new WholeBodyParser<>(apiResponse, body -> {
                    throw ErrorStatusMapper.read(
                            context.server(),
                            request,
                            apiResponse,
                            body,
                            context.timing().now());
                });
    }

    /** Feeds the body to its parser. */
    private final class ParsingSubscriber implements BodySubscriber<Void> {

        private final int status;
        private final HttpHeaders headers;
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private BodyParser<T> body;
        private Subscription subscription;

        private ParsingSubscriber(int status, HttpHeaders headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            try {
                body = body(status, headers);
                subscription.request(1);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                leave(e);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (ended.isDone()) {
                // Nobody wants the rest.
                leave(new CancellationException());
                return;
            }
            try {
                for (ByteBuffer buffer : buffers) {
                    body.take(buffer);
                }
                subscription.request(1);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                leave(e);
            }
        }

        /** Stops reading. */
        private void leave(Throwable failure) {
            try {
                subscription.cancel();
            } finally {
                ended.complete(() -> {
                    throw VirtualThreadWaits.failure(failure);
                });
                finished.completeExceptionally(failure);
            }
        }

        @Override
        public void onError(Throwable failure) {
            finished.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(body::end);
            pass.begin(() -> finished.complete(null));
        }

        @Override
        public CompletionStage<Void> getBody() {
            return finished;
        }
    }
}
