package io.jenkins.plugins.metakraftwerk.client;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request on its way. It ends with what happens first: the answer is there, the call fails, its time is over, or
 * nobody wants it any more. That is noted at the moment in which it happens, on the thread of the HTTP client, not when
 * the executor finds the time to go on: an answer that has come counts, however late it is looked at.
 */
final class Exchange<T> {

    /** A limit that comes so late has waited for the same busy threads as the answer, which may be there unread. */
    private static final Duration LATE = Duration.ofSeconds(1);

    private final Scene scene;
    private final Request request;
    private final Body.Reading<T> reading;
    private final HttpRequest message;
    private final AnswerGate.Pass pass;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicBoolean noted = new AtomicBoolean();
    private CompletableFuture<HttpResponse<Void>> sending;
    private volatile CompletableFuture<Void> limit;

    Exchange(Scene scene, Request request, Body.Reading<T> reading, HttpRequest message) {
        this.scene = scene;
        this.request = request;
        this.reading = reading;
        this.message = message;
        pass = scene.gate().pass();
    }

    /**
     * What comes of it: the answer, or {@link MetaKraftwerkException} for anything but an answer of 2xx. Cancelling it ends
     * the exchange.
     */
    CompletableFuture<T> answer() {
        return result;
    }

    /** Sends. What it throws was thrown before that; once the request may be on its way, all failures are answers. */
    CompletableFuture<T> start() {
        Timing timing = scene.timing();
        Duration timeout = request.timeout();
        limit = timeout == null ? new CompletableFuture<>() : timing.after(timeout);
        Duration due = timing.uptime().plus(timeout == null ? Duration.ZERO : timeout);
        try {
            sending = scene.http().sendAsync(message, info -> new Reader(info.statusCode(), info.headers()));
            limit.thenRun(() -> limitIsOver(due));
            result.whenComplete((value, failure) -> {
                if (note()) {
                    sending.cancel(true);
                }
            });
            sending.whenComplete(this::over);
        } catch (RuntimeException | Error e) {
            pass.end();
            note();
            result.completeExceptionally(Failures.ofCall(scene.server(), request, Optional.empty(), e));
        }
        return result;
    }

    /** Whether nothing else has happened before. */
    private boolean note() {
        boolean first = noted.compareAndSet(false, true);
        if (first) {
            limit.cancel(false);
        }
        return first;
    }

    private void endWith(Callable<T> outcome) {
        try {
            scene.executor().execute(() -> end(outcome));
        } catch (RuntimeException | Error e) {
            // Nobody else goes on with it.
            end(outcome);
        }
    }

    private void end(Callable<T> outcome) {
        try {
            result.complete(outcome.call());
        } catch (Exception | Error e) {
            result.completeExceptionally(e);
        }
    }

    private void fail(Throwable failure) {
        endWith(() -> {
            throw failure instanceof Exception known ? known : new IllegalStateException(failure);
        });
    }

    private void limitIsOver(Duration due) {
        boolean late = scene.timing().uptime().minus(due).compareTo(LATE) > 0;
        if (late && !noted.get() && waitsOn()) {
            return;
        }
        if (note()) {
            try {
                sending.cancel(true);
            } finally {
                fail(Failures.timeout(scene.server(), request.toString(), request.timeout()));
            }
        }
    }

    private boolean waitsOn() {
        try {
            Timing timing = scene.timing();
            limit = timing.after(LATE);
            Duration next = timing.uptime().plus(LATE);
            limit.thenRun(() -> limitIsOver(next));
            return true;
        } catch (RuntimeException | Error e) {
            // There is no more time to be had.
            return false;
        }
    }

    /** The HTTP client has finished; most answers have been noted before. */
    private void over(HttpResponse<Void> response, Throwable failure) {
        pass.end();
        if (!note()) {
            return;
        }
        if (failure != null) {
            endWith(() -> {
                throw Failures.ofCall(scene.server(), request, scene.proxy(request.uri()), Futures.cause(failure));
            });
        } else {
            // A proxy's refusal of a tunnel comes without a body.
            endWith(() -> begin(response.statusCode(), response.headers()).end());
        }
    }

    private Body<T> begin(int status, HttpHeaders headers) throws MetaKraftwerkException {
        Answer answer = new Answer(scene.server(), request, status, headers);
        return answer.isSuccess()
                ? reading.begin(answer)
                : new WholeBody<>(answer, body -> {
                    throw ErrorAnswer.read(
                            scene.server(),
                            request,
                            answer,
                            body,
                            scene.timing().now());
                });
    }

    /** Reads the body. */
    private final class Reader implements BodySubscriber<Void> {

        private final int status;
        private final HttpHeaders headers;
        private final CompletableFuture<Void> finished = new CompletableFuture<>();
        private Body<T> body;
        private Subscription subscription;

        private Reader(int status, HttpHeaders headers) {
            this.status = status;
            this.headers = headers;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            this.subscription = subscription;
            try {
                body = begin(status, headers);
                subscription.request(1);
            } catch (MetaKraftwerkException | RuntimeException | Error e) {
                leave(e);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            if (noted.get()) {
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

        /** Reads no further. */
        private void leave(Throwable failure) {
            try {
                subscription.cancel();
            } finally {
                if (note()) {
                    fail(failure);
                }
                finished.completeExceptionally(failure);
            }
        }

        @Override
        public void onError(Throwable failure) {
            finished.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (note()) {
                endWith(body::end);
            }
            pass.begin(() -> finished.complete(null));
        }

        @Override
        public CompletionStage<Void> getBody() {
            return finished;
        }
    }
}
