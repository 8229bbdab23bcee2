package io.jenkins.plugins.metakraftwerk.simulation;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Request of a client and its response, as the machine of the client sees them. */
final class SimExchange<T> {

    /** Request of the client. Its work is done at most once, unless the network copies it. */
    final SimRequest asked;

    private final Network network;
    private final ControllerLife life;
    private final HttpRequest request;
    private final BodyHandler<T> handler;
    private final CompletableFuture<HttpResponse<T>> answer = new CompletableFuture<>();
    private BodySubscriber<T> subscriber;
    private Scheduler.Event timeout;
    private Scheduler.Event nextPiece;
    private long wanted;
    private int read;
    private boolean closed;

    SimExchange(Network network, ControllerLife life, SimRun sender, HttpRequest request, BodyHandler<T> handler) {
        this.network = network;
        this.life = life;
        this.request = request;
        this.handler = handler;
        asked = new SimRequest(sender, request);
    }

    CompletableFuture<HttpResponse<T>> answer() {
        return answer;
    }

    void begin() {
        request.timeout().ifPresent(limit -> timeout = network.scheduler()
                .after(limit.toNanos(), life, () -> fail(new HttpTimeoutException("request timed out"))));
        answer.whenComplete((response, failure) -> ended());
        network.send(this);
    }

    /** Returns true if the client still wants a response. */
    boolean isOpen() {
        return !closed && !life.isOver();
    }

    ControllerLife life() {
        return life;
    }

    void fail(IOException failure) {
        if (isOpen()) {
            if (subscriber == null) {
                closed = true;
                answer.completeExceptionally(failure);
            } else {
                end(() -> subscriber.onError(failure));
            }
        }
    }

    /**
     * @param own true if it is the response of the server itself
     * @param cut number of bytes after which the response breaks off; -1 for a whole response
     * @param breaks the exception of the client then; null for a response that seems to be whole
     */
    void deliver(SimReply reply, boolean own, int cut, IOException breaks) {
        if (!isOpen()) {
            return;
        }
        cancel(timeout);
        subscriber = handler.apply(new SimResponse.Info(reply.status(), reply.headers()));
        subscriber.getBody().whenComplete((body, failure) -> {
            closed = true;
            if (failure == null) {
                boolean came = answer.complete(new SimResponse<>(request, reply.status(), reply.headers(), body));
                if (came && own && cut < 0) {
                    network.answered(asked, life);
                }
            } else {
                answer.completeExceptionally(failure);
            }
        });
        int end = cut < 0 ? reply.body().length : Math.min(cut, reply.body().length);
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                wanted += count;
                plan(reply.body(), end, breaks);
            }

            @Override
            public void cancel() {
                closed = true;
            }
        });
        plan(reply.body(), end, breaks);
    }

    private void plan(byte[] body, int end, IOException breaks) {
        if (nextPiece == null && (wanted > 0 || read == end)) {
            nextPiece = network.scheduler().after(read == 0 ? 0 : network.pause(), life, () -> piece(body, end, breaks));
        }
    }

    private void piece(byte[] body, int end, IOException breaks) {
        if (!isOpen()) {
            return;
        }
        if (read == end) {
            end(breaks == null ? subscriber::onComplete : () -> subscriber.onError(breaks));
            return;
        }
        int length = network.pieceOf(end - read);
        ByteBuffer bytes = ByteBuffer.wrap(body, read, length).asReadOnlyBuffer();
        read += length;
        wanted--;
        subscriber.onNext(List.of(bytes));
        nextPiece = null;
        if (isOpen()) {
            plan(body, end, breaks);
        }
    }

    private void end(Runnable last) {
        closed = true;
        last.run();
    }

    private void ended() {
        asked.over = true;
        cancel(timeout);
        if (!closed) {
            closed = true;
            // Cancelled: the connection is closed, and the reader is told.
            if (subscriber != null) {
                network.scheduler().after(0, life, () -> subscriber.onError(new IOException("closed")));
            }
        }
    }

    private static void cancel(Scheduler.Event event) {
        if (event != null) {
            event.cancel();
        }
    }
}
