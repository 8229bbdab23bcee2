package io.jenkins.plugins.metakraftwerk.benchmark;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A stand-in server in a process of its own, so that its threads and its memory are not counted as those of Jenkins. */
final class StandInProcess implements AutoCloseable {

    /**
     * What the server saw.
     *
     * @param records of the builds that were asked about
     * @param builds how many builds these are of; fewer than records if one was deployed twice
     * @param requests of any kind
     */
    record Seen(int records, int builds, int requests, int connections) {}

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;
    private final String url;
    private final String token;

    private StandInProcess(Process process) {
        this.process = process;
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String[] greeting = answer().split(" ");
        url = greeting[0];
        token = greeting[1];
    }

    static StandInProcess start() {
        String classPath = Stream.of(StandInServer.class, ObjectMapper.class, JsonFactory.class, JsonProperty.class)
                .map(StandInProcess::place)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            return new StandInProcess(
                    new ProcessBuilder(java, "-Xmx1g", "-cp", classPath, StandInProcessMain.class.getName())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return url;
    }

    String token() {
        return token;
    }

    /** Forgets the requests seen so far and answers everything at once. */
    void reset() {
        ask("reset");
    }

    /** Lets answers take this long: those to one method, or to all where it is '*'. */
    void delay(String method, Duration delay) {
        ask("delay " + method + " " + delay.toMillis());
    }

    /** 429 for every third request, a dropped connection for one in a hundred, and answers to POST after a wait. */
    void troubles(Duration delay) {
        ask("troubles " + delay.toMillis());
    }

    void patterns(int count) {
        ask("patterns " + count);
    }

    /** What came since the last reset, and the records of builds from one id up to another. */
    Seen seen(long fromBuild, long toBuild) {
        String[] n = ask("seen " + fromBuild + " " + toBuild).split(" ");
        return new Seen(number(n[0]), number(n[1]), number(n[2]), number(n[3]));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private String ask(String command) {
        commands.println(command);
        return answer();
    }

    private String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The stand-in server has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
