package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Records of a stand-in server. */
final class StandInData {

    static final ObjectMapper JSON = new ObjectMapper();

    /** Kinds of records. */
    enum Table {
        PATTERNS,
        DEPLOYMENTS,
        AGENT_GROUPS,
        AGENTS,
        PROJECTS,
        BUILDS,
        BUILD_DEPLOYMENTS
    }

    private final Map<Table, TreeMap<Long, ObjectNode>> tables = new EnumMap<>(Table.class);
    private final Map<Long, ObjectNode> releases = new TreeMap<>();
    private boolean anyBuild;

    StandInData() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>());
        }
    }

    synchronized void put(Table table, ObjectNode record) {
        tables.get(table).put(record.get("id").asLong(), record);
        notifyAll();
    }

    /** Adds a record under the next free id. */
    synchronized ObjectNode append(Table table, ObjectNode fields) {
        TreeMap<Long, ObjectNode> records = tables.get(table);
        ObjectNode record = JSON.createObjectNode().put("id", records.isEmpty() ? 1 : records.lastKey() + 1);
        record.setAll(fields);
        put(table, record);
        return record.deepCopy();
    }

    synchronized Optional<ObjectNode> get(Table table, long id) {
        ObjectNode record = tables.get(table).get(id);
        if (record == null && table == Table.BUILDS && anyBuild) {
            return Optional.of(StandInRecords.build(id, "FINISHED", 100, null));
        }
        return Optional.ofNullable(record).map(ObjectNode::deepCopy);
    }

    synchronized List<ObjectNode> all(Table table) {
        return tables.get(table).values().stream().map(ObjectNode::deepCopy).toList();
    }

    synchronized void await(Table table, int count, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (tables.get(table).size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("Waited in vain for " + count + " records: " + tables.get(table));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for records", e);
            }
        }
    }

    synchronized void remove(Table table, long id) {
        tables.get(table).remove(id);
    }

    /** Filters before it copies. Otherwise each look-up would copy thousands of records. */
    synchronized List<ObjectNode> matching(Table table, Predicate<ObjectNode> filter) {
        return tables.get(table).values().stream()
                .filter(filter)
                .map(ObjectNode::deepCopy)
                .toList();
    }

    synchronized int count(Table table) {
        return tables.get(table).size();
    }

    /** Returns the first record with a name; deleted ones count last. */
    Optional<ObjectNode> named(Table table, String name) {
        List<ObjectNode> found =
                matching(table, record -> name.equals(record.path("name").asText()));
        return found.stream()
                .filter(record -> !record.path("deleted").asBoolean())
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** Returns the record with a name. If there is none, the test itself is wrong. */
    long idOf(Table table, String name) {
        return named(table, name)
                .map(record -> record.get("id").asLong())
                .orElseThrow(() -> new NoSuchElementException(table + " " + name));
    }

    synchronized void releases(long build, Map<String, String> names) {
        releases.put(build, JSON.valueToTree(names));
    }

    /** Returns the release names of a build, by their groups. */
    synchronized ObjectNode releases(long build) {
        return releases.getOrDefault(build, JSON.createObjectNode());
    }

    synchronized void acceptAnyBuild() {
        anyBuild = true;
    }

    static boolean equal(JsonNode value, String text) {
        return !value.isNull() && value.asText().equals(text);
    }
}
