package io.jenkins.plugins.metakraftwerk.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The other side of {@link StandInProcess}: one command a line, one line of answer; ends with its input. */
public final class StandInProcessMain {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private StandInProcessMain() {}

    public static void main(String[] args) throws IOException {
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (StandInServer server = StandInServer.start()) {
            server.acceptAnyBuild();
            System.out.println(server.url() + " " + server.token());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(answer(server, line.split(" ")));
            }
        }
        System.exit(0);
    }

    private static String answer(StandInServer server, String[] command) {
        switch (command[0]) {
            case "delay" -> delay(server, command[1], Duration.ofMillis(Long.parseLong(command[2])));
            case "troubles" -> troubles(server, Duration.ofMillis(Long.parseLong(command[1])));
            case "patterns" -> patterns(server, Integer.parseInt(command[1]));
            case "seen" -> {
                return seen(server, Long.parseLong(command[1]), Long.parseLong(command[2]));
            }
            default -> {
                server.clearFaults();
                server.clearRequests();
            }
        }
        return "ok";
    }

    private static void delay(StandInServer server, String method, Duration wait) {
        server.fault(request -> method.equals("*") || request.method().equals(method), ALWAYS, Fault.delay(wait));
    }

    private static void troubles(StandInServer server, Duration wait) {
        AtomicInteger count = new AtomicInteger();
        Random random = new Random(1);
        server.fault(request -> count.incrementAndGet() % 3 == 0, ALWAYS, Fault.error(429, "Too many requests"));
        server.fault(request -> random.nextInt(200) == 0, ALWAYS, Fault.dropBefore());
        server.fault(request -> random.nextInt(200) == 0, ALWAYS, Fault.dropAfter());
        delay(server, "POST", wait);
    }

    private static void patterns(StandInServer server, int count) {
        for (int i = 0; i < count; i++) {
            server.addPattern(100_000 + i, "PATTERN_%05d".formatted(i), "SNOWFLAKE", "1." + i, true, false, false);
        }
    }

    private static String seen(StandInServer server, long from, long to) {
        List<Long> builds = server.deployments().stream()
                .map((JsonNode record) -> record.get("build_id").asLong())
                .filter(build -> build >= from && build < to)
                .toList();
        return builds.size() + " " + builds.stream().distinct().count() + " "
                + server.requests().size() + " " + server.connections();
    }
}
