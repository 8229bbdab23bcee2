package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.triggers.SafeTimerTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of the audit log, as somebody reads them. */
final class AuditReader {

    private AuditReader() {}

    static Path sent() {
        return file(AuditFile.NAME);
    }

    static Path unsent() {
        return file(AuditFile.UNSENT_NAME);
    }

    private static Path file(String name) {
        return SafeTimerTask.getLogsRoot().toPath().resolve(name);
    }

    /** Forgets what was noted. */
    static void beginAnew() throws IOException {
        get(AuditLog.get().write());
        Files.deleteIfExists(sent());
        Files.deleteIfExists(unsent());
    }

    /** All that was noted. */
    static List<JsonNode> lines(Path file) throws IOException {
        get(AuditLog.get().write());
        return linesOnTheDisk(file);
    }

    static List<JsonNode> linesOnTheDisk(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    static List<String> events(List<JsonNode> lines) {
        return lines.stream().map(line -> line.get("event").asText()).toList();
    }

    /** Who changed what, from what, to what; and how many, and why. */
    static List<String> changes(List<JsonNode> lines) {
        return lines.stream()
                .map(line -> line.get("users").get(0).asText() + ": "
                        + line.get("event").asText() + " "
                        + line.path("from").asText("-") + " > "
                        + line.path("to").asText("-")
                        + line.path("count").asText("")
                        + line.path("reason").asText(""))
                .toList();
    }
}
