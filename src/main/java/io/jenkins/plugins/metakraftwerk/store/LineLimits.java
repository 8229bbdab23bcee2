package io.jenkins.plugins.metakraftwerk.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/** How long the lines of our files are, and how much of them a file holds; all in bytes. */
public final class LineLimits {

    /** Of one line, without its end. What is kept has bounds so that it fits; see {@code client.BoundedText}. */
    public static final int MOST = 16 * 1024;

    /** Of a file, after which it is shortened to half of it. */
    static final long MOST_OF_FILE = 64L * 1024 * 1024;

    private LineLimits() {}

    /** Whether it may be a line of ours: nobody has to understand a longer one. */
    public static boolean fits(String line) {
        return line.length() <= MOST / 3 || line.length() <= MOST && bytes(line) <= MOST;
    }

    /** @throws IllegalArgumentException if nobody would read it: that is a fault of this plugin */
    public static String checked(String line) {
        if (!fits(line) || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("No line of a file: " + bytes(line) + " bytes");
        }
        return line;
    }

    private static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The newest of them, which come last: as many as a file is shortened to. */
    static List<String> newest(List<String> lines) {
        NewestLines newest = new NewestLines();
        lines.forEach(newest::add);
        return newest.lines();
    }

    /** Of lines that come one after another, the last. */
    public static final class NewestLines {
        private final ArrayDeque<String> lines = new ArrayDeque<>();
        private final long most;
        private long length;

        /** As many as a file is shortened to. */
        public NewestLines() {
            this(MOST_OF_FILE / 2);
        }

        NewestLines(long most) {
            this.most = most;
        }

        public void add(String line) {
            lines.add(line);
            length += line.length() + 1L;
            while (length > most) {
                length -= lines.remove().length() + 1L;
            }
        }

        public List<String> lines() {
            return List.copyOf(lines);
        }
    }
}
