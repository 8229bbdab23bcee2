package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.metakraftwerk.standin.StandInData.Table;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rules of {@code POST /build_deployments}: requests that it refuses, and records that it creates. Stricter than
 * documented: it refuses unknown fields.
 */
final class DeploymentRules {

    private static final long FIRST_UPLOAD = 7001;
    private static final Set<String> IDS =
            Set.of("build_id", "pattern_id", "deployment_id", "agent_id", "agent_group_id");
    private static final Set<String> NAMES = Set.of("pattern", "deployment", "agent", "agent_group");

    private final StandInData data;

    DeploymentRules(StandInData data) {
        this.data = data;
    }

    ObjectNode create(JsonNode body) {
        checkTypes(body);
        if (!body.has("build_id")) {
            throw new ApiError(400, "A build_id is required!");
        }
        checkCount(body, "pattern", "pattern_id");
        checkCount(body, "deployment", "deployment_id");
        if (Stream.of("agent", "agent_id", "agent_group", "agent_group_id")
                        .filter(body::has)
                        .count()
                > 1) {
            throw new ApiError(400, "Specify either an agent or an agent_group!");
        }
        long build = body.get("build_id").asLong();
        if (data.get(Table.BUILDS, build).isEmpty()) {
            throw new ApiError(404, "Build not found");
        }
        long pattern = resolve(body, Table.PATTERNS, "pattern", "A pattern").longValue();
        Long agent = resolve(body, Table.AGENTS, "agent", "An agent");
        Long agentGroup = resolve(body, Table.AGENT_GROUPS, "agent_group", "An agent group");
        long upload = FIRST_UPLOAD + data.count(Table.BUILD_DEPLOYMENTS);
        long deployment = deployment(body, pattern);
        return data.append(
                Table.BUILD_DEPLOYMENTS,
                StandInRecords.buildDeployment(build, pattern, deployment, upload, agent, agentGroup));
    }

    private static void checkTypes(JsonNode body) {
        if (!body.isObject()) {
            throw new ApiError(400, "A build_id is required!");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            boolean fits = IDS.contains(name)
                    ? body.get(name).isIntegralNumber()
                    : body.get(name).isTextual();
            if (!IDS.contains(name) && !NAMES.contains(name)) {
                throw new ApiError(400, "Unknown field '" + name + "'");
            }
            if (!fits) {
                throw new ApiError(400, "'" + name + "' has the wrong type");
            }
        }
    }

    private static void checkCount(JsonNode body, String name, String id) {
        if (body.has(name) == body.has(id)) {
            throw new ApiError(400, "Exactly one of " + name + " or " + id + " is required!");
        }
    }

    private Long resolve(JsonNode body, Table table, String field, String what) {
        if (body.has(field)) {
            String name = body.get(field).asText();
            return data.named(table, name)
                    .map(record -> record.get("id").asLong())
                    .orElseThrow(() -> unknown(what, name));
        }
        if (!body.has(field + "_id")) {
            return null;
        }
        long id = body.get(field + "_id").asLong();
        return data.get(table, id).map(record -> id).orElseThrow(() -> noRecord(String.valueOf(id)));
    }

    private long deployment(JsonNode body, long pattern) {
        boolean named = body.has("deployment");
        String wanted = body.get(named ? "deployment" : "deployment_id").asText();
        return data
                .matching(
                        Table.DEPLOYMENTS,
                        record -> record.get("pattern_id").asLong() == pattern
                                && record.get(named ? "name" : "id").asText().equals(wanted))
                .stream()
                .findFirst()
                .map(record -> record.get("id").asLong())
                .orElseThrow(() -> named ? unknown("A deployment", wanted) : noRecord(wanted));
    }

    static ApiError unknown(String what, String name) {
        return new ApiError(404, what + " with the name '" + name + "' does not exist!");
    }

    static ApiError noRecord(String id) {
        return new ApiError(404, "No record found for id '" + id + "'");
    }
}
