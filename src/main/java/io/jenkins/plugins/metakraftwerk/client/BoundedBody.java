package io.jenkins.plugins.metakraftwerk.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Collects the body of an answer up to a limit and stops reading there. The bytes are kept in blocks and let go while
 * they are read, so that an answer is never held twice.
 */
final class BoundedBody implements BodySubscriber<InputStream> {

    /** The largest answer that is read, in bytes: 10 MiB. */
    static final int LIMIT = 10 * 1024 * 1024;

    private static final int BLOCK = 64 * 1024;

    /** The body was longer than {@link #LIMIT}. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final HandOver handOver;
    private final CompletableFuture<InputStream> body = new CompletableFuture<>();
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private long length;
    private Subscription subscription;

    BoundedBody(HandOver handOver) {
        this.handOver = handOver;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            length += buffer.remaining();
            if (length > LIMIT) {
                subscription.cancel();
                blocks.clear();
                body.completeExceptionally(new TooLarge());
                return;
            }
            keep(buffer);
        }
        subscription.request(1);
    }

    /** Copies, since a buffer of the HTTP client may be far larger than the few bytes that it brings. */
    private void keep(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                blocks.add(ByteBuffer.allocate(Math.max(1024, (int) Math.min(BLOCK, length))));
            }
            ByteBuffer block = blocks.getLast();
            int count = Math.min(block.remaining(), buffer.remaining());
            block.put(block.position(), buffer, buffer.position(), count).position(block.position() + count);
            buffer.position(buffer.position() + count);
        }
    }

    @Override
    public void onError(Throwable failure) {
        blocks.clear();
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        handOver.begin(() -> body.complete(content()));
    }

    /** Its {@code available()} tells all the bytes that are not read yet. */
    private InputStream content() {
        Enumeration<InputStream> content = new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return !blocks.isEmpty();
            }

            @Override
            public InputStream nextElement() {
                ByteBuffer block = blocks.remove();
                length -= block.position();
                return new ByteArrayInputStream(block.array(), 0, block.position());
            }
        };
        return new SequenceInputStream(content) {
            @Override
            public int available() throws IOException {
                return super.available() + (int) length;
            }
        };
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return body;
    }
}
