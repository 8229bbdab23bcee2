package io.jenkins.plugins.metakraftwerk.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Tells the lines of a stream one after another, so that none of them is in memory but the one that is told. Of one that is
 * longer than ours are, it tells a beginning that is longer too, so that nobody takes it for a whole one.
 */
final class LineScanner {

    private static final int BLOCK = 64 * 1024;

    private final Consumer<String> each;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /** How many bytes are whole lines, and how many lines these are. */
    private long whole;

    private long lines;

    /** How many bytes there are. */
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
        // Bytes that are no text make this line unreadable, and no other.
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

    /** Whether the last line has no end. */
    boolean torn() {
        return whole < read;
    }
}
