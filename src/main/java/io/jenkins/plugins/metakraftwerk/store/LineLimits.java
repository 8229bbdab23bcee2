package io.jenkins.plugins.metakraftwerk.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;

/** Limits of the lines and files of this plugin. */
public final class LineLimits {

    /**
     * Limit of one line in bytes, without its end. Texts in a line are shortened to fit; see {@code
     * client.BoundedText}.
     */
    public static final int MOST = 16 * 1024;

    /** Limit of a file in bytes. A larger file is shortened to half of it. {@link NewestLines} counts characters. */
    static final long MOST_OF_FILE = 64L * 1024 * 1024;

    private LineLimits() {}

    /** True if the line is short enough to be one of this plugin. */
    public static boolean fits(String line) {
        return line.length() <= MOST / 3 || line.length() <= MOST && bytes(line) <= MOST;
    }

    /** @throws IllegalArgumentException if no reader would accept the line, which is a fault of this plugin */
    public static String checked(String line) {
        if (!fits(line) || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("No line of a file: " + bytes(line) + " bytes");
        }
        return line;
    }

    private static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns the newest lines, which come last: as many as a file is shortened to. */
    static List<String> newest(List<String> lines) {
        NewestLines newest = new NewestLines();
        lines.forEach(newest::add);
        return newest.lines();
    }

    /** Keeps the newest of lines that are added one after another. */
    public static final class NewestLines {
        private final ArrayDeque<String> lines = new ArrayDeque<>();
        private final long most;
        private long length;

        /** Keeps as many lines as a file is shortened to. */
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
