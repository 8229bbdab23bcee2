package io.jenkins.plugins.metakraftwerk.kills;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the ledger of a Jenkins says that does not run.
 *
 * @param builds by attempt, the MetaKraftwerk build that it deploys
 * @param states by attempt, what happened to it last
 */
record LedgerSnapshot(Map<String, Long> builds, Map<String, String> states) {

    private static final String FILE = "io.jenkins.plugins.metakraftwerk.ledger";

    private static final String OVER = "OVER";

    private static final ObjectMapper JSON = new ObjectMapper();

    static LedgerSnapshot at(Path home) throws IOException {
        LedgerSnapshot look = new LedgerSnapshot(new LinkedHashMap<>(), new LinkedHashMap<>());
        Path file = home.resolve(FILE);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            // A kill may have left a part of a line.
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(look::add);
        }
        return look;
    }

    private void add(String text) {
        JsonNode line;
        try {
            line = JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("A line of the ledger: " + text, e);
        }
        String run = line.path("run").asText();
        String kind = line.path("kind").asText();
        if (kind.equals("ENTERED")) {
            builds.put(run, line.path("request").path("build_id").asLong());
        }
        if (builds.containsKey(run)) {
            states.put(run, kind);
        }
    }

    /** How many attempts are open, by what happened to them last. */
    Map<String, Long> open() {
        return states.values().stream()
                .filter(state -> !state.equals(OVER))
                .collect(Collectors.groupingBy(LedgerSnapshot::words, TreeMap::new, Collectors.counting()));
    }

    long over() {
        return states.values().stream().filter(OVER::equals).count();
    }

    private static String words(String kind) {
        return switch (kind) {
            case "ENTERED" -> "1 begun";
            case "QUEUED" -> "2 queued";
            case "LEFT" -> "3 had its turn";
            case "SENDING" -> "4 sending";
            case "DOUBTED" -> "5 doubted";
            case "CLAIMED", "LANDED" -> "6 answered";
            case "UNKNOWN", "SETTLED", "OVERTAKEN" -> "7 unknown";
            default -> kind;
        };
    }

    boolean haveEnded(List<ToldEnd> ends) {
        Set<String> ended = ends.stream().map(ToldEnd::attempt).collect(Collectors.toSet());
        return ended.containsAll(builds.keySet());
    }
}
