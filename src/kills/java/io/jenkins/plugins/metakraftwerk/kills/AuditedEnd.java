package io.jenkins.plugins.metakraftwerk.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A line of the audit log that says how an attempt has ended.
 *
 * @param isSent whether it is in the file of what was sent; of the rest not each has a line
 */
record AuditedEnd(String jenkinsBuild, long build, String outcome, Long record, boolean isSent) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<AuditedEnd> at(Path home) throws IOException {
        List<AuditedEnd> ends = new ArrayList<>();
        read(home.resolve("logs/metakraftwerk-audit.jsonl"), true, ends);
        read(home.resolve("logs/metakraftwerk-audit-refused.jsonl"), false, ends);
        return ends;
    }

    private static void read(Path file, boolean isSent, List<AuditedEnd> ends) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        for (String text : Files.readAllLines(file)) {
            JsonNode line = JSON.readTree(text);
            String event = line.path("event").asText();
            if (line.has("buildId") && !event.equals("sending")) {
                JsonNode record = line.path("buildDeploymentId");
                ends.add(new AuditedEnd(
                        line.path("job").asText() + "#" + line.path("number").asInt(),
                        line.path("buildId").asLong(),
                        event.toUpperCase(Locale.ROOT),
                        record.isNumber() ? record.asLong() : null,
                        isSent));
            }
        }
    }

    /** As {@link ToldEnd#said}. */
    String said() {
        return jenkinsBuild + ": build " + build + " " + outcome + (record == null ? "" : " " + record);
    }
}
