package io.jenkins.plugins.metakraftwerk.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Enumeration;

/**
 * Parses a body when all of it has arrived, up to a limit. The bytes are kept in blocks and released while they are
 * read, so a response is never in memory twice.
 */
final class WholeBodyParser<T> implements BodyParser<T> {

    private static final int MEBIBYTES = 10;

    /** The largest response that is read, in bytes. */
    static final int LIMIT = MEBIBYTES * 1024 * 1024;

    private static final int BLOCK = 64 * 1024;

    /** Makes a value of the bytes. */
    interface Reader<T> {
        T read(InputStream body) throws MetaKraftwerkException;
    }

    private final ApiResponse response;
    private final Reader<T> reader;
    private final Deque<ByteBuffer> blocks = new ArrayDeque<>();
    private long length;

    WholeBodyParser(ApiResponse response, Reader<T> reader) {
        this.response = response;
        this.reader = reader;
    }

    @Override
    public void take(ByteBuffer bytes) throws MetaKraftwerkException {
        length += bytes.remaining();
        if (length > LIMIT) {
            blocks.clear();
            throw response.unusable("answer.tooLarge", MEBIBYTES, Text.forKey("advice.ask"));
        }
        // Copied, since a buffer of the HTTP client may be far larger than its few bytes.
        while (bytes.hasRemaining()) {
            if (blocks.isEmpty() || !blocks.getLast().hasRemaining()) {
                blocks.add(ByteBuffer.allocate(Math.max(1024, (int) Math.min(BLOCK, length))));
            }
            ByteBuffer block = blocks.getLast();
            int count = Math.min(block.remaining(), bytes.remaining());
            block.put(block.position(), bytes, bytes.position(), count).position(block.position() + count);
            bytes.position(bytes.position() + count);
        }
    }

    @Override
    public T end() throws MetaKraftwerkException {
        return reader.read(new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return !blocks.isEmpty();
            }

            @Override
            public InputStream nextElement() {
                ByteBuffer block = blocks.remove();
                return new ByteArrayInputStream(block.array(), 0, block.position());
            }
        }));
    }
}
