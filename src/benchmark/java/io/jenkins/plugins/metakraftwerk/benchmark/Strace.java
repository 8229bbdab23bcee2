package io.jenkins.plugins.metakraftwerk.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program {@code strace} (Debian's package 'strace'), which writes down what this process asks of the disk, or lets that
 * take longer.
 */
final class Strace implements AutoCloseable {

    private static final String FORCES = "fsync,fdatasync";
    private static final String CALLS = FORCES + ",write,pwrite64,writev,openat,rename,renameat,renameat2";

    private static final long LIMIT_SECONDS = 60;

    private final Path lines;
    private final Process process;

    private Strace(Path lines, Process process) {
        this.lines = lines;
        this.process = process;
    }

    /** Writes down what is asked from now on. */
    static Strace count(Path lines) throws IOException, InterruptedException {
        return begin(lines, "-y", "-s", "0", "-e", "trace=" + CALLS);
    }

    /** Lets each force take longer from now on, whoever asks for it. With it, all is slower anyway. */
    static Strace slow(Duration longer) throws IOException, InterruptedException {
        String delay = ":delay_exit=" + longer.toMillis() * 1000;
        return begin(Path.of("/dev/null"), "-e", "trace=" + FORCES, "-e", "inject=" + FORCES + delay);
    }

    private static Strace begin(Path lines, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-qq", "-o", lines.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-p", Long.toString(ProcessHandle.current().pid())));
        Process process = new ProcessBuilder(command).inheritIO().start();
        while (!isTraced()) {
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new IOException("strace has ended with " + process.exitValue());
            }
        }
        return new Strace(lines, process);
    }

    private static boolean isTraced() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            for (Path thread : threads.toList()) {
                if (isAlone(thread)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isAlone(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("status")).contains("TracerPid:\t0\n");
        } catch (NoSuchFileException ended) {
            return false;
        }
    }

    /** What it has written, once it has ended. */
    List<String> lines() throws IOException {
        return Files.readAllLines(lines);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
