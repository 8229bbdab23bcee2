package io.jenkins.plugins.metakraftwerk.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Passes on the lines of a stream one after another, so that only one line is in memory. A line that is too long is
 * cut, but stays longer than the limit, so that nobody takes it for a complete one.
 */
final class LineScanner {

    private static final int BLOCK = 64 * 1024;

    private final Consumer<String> each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** The bytes and the number of the complete lines. */
    private long whole;

    private long lines;

    /** The bytes that were read. */
    private long read;

    LineScanner(Consumer<String> each) {
        this.each = each;
    }

    void read(InputStream from) throws IOException {
        byte[] block = new byte[BLOCK];
        for (int length = from.read(block); length >= 0; length = from.read(block)) {
            take(block, length);
        }
    }

    private void take(byte[] block, int length) {
        int begin = 0;
        for (int i = 0; i < length; i++) {
            if (block[i] == '\n') {
                add(block, begin, i);
                begin = i + 1;
                lines++;
                whole = read + begin;
                tell();
            }
        }
        add(block, begin, length);
        read += length;
    }

    private void add(byte[] block, int begin, int end) {
        line.write(block, begin, Math.min(end - begin, LineLimits.MOST + 1 - line.size()));
    }

    private void tell() {
        // Bytes that are no text damage only this line.
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        each.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }

    long whole() {
        return whole;
    }

    long lines() {
        return lines;
    }

    /** True if the last line has no end. */
    boolean torn() {
        return whole < read;
    }
}
