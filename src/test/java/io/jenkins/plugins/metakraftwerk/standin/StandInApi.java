package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.metakraftwerk.standin.StandInData.Table;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Routes of the API and their responses. Stricter than documented: it refuses unknown filters. */
final class StandInApi {

    private static final String API = "/api/v1/";
    private static final Map<Table, Set<String>> FILTERS = new EnumMap<>(Map.of(
            Table.PATTERNS, Set.of("name"),
            Table.DEPLOYMENTS, Set.of("pattern", "pattern_id", "name"),
            Table.AGENT_GROUPS, Set.of("name"),
            Table.AGENTS, Set.of("name", "agent_id", "online", "group_id", "group"),
            Table.BUILDS, Set.of("project", "project_id", "pattern", "pattern_id", "user", "user_id", "releases"),
            Table.PROJECTS, Set.of("name"),
            Table.BUILD_DEPLOYMENTS, Set.of("build_id", "pattern", "pattern_id", "deployment", "deployment_id")));

    private final StandInData data;
    private final StandInTokens tokens;
    private final DeploymentRules rules;
    private volatile int pageSize;

    StandInApi(StandInData data, StandInTokens tokens) {
        this.data = data;
        this.tokens = tokens;
        rules = new DeploymentRules(data);
    }

    void pageSize(int size) {
        pageSize = size;
    }

    Response answer(ReceivedRequest request) {
        try {
            return route(request);
        } catch (ApiError e) {
            return e.response();
        }
    }

    private Response route(ReceivedRequest request) {
        if (request.is("POST", "/authentication")) {
            return logIn(request.json());
        }
        String[] parts = request.path().startsWith(API)
                ? request.path().substring(API.length()).split("/", -1)
                : new String[0];
        Table table = parts.length == 0 ? null : table(parts[0]);
        if (table == null || parts.length > 2) {
            throw new ApiError(404, "Page not found");
        }
        tokens.check(request.header("Authorization"));
        if (request.is("POST", API + "build_deployments")) {
            return Response.json(201, rules.create(request.json()));
        }
        if (!request.method().equals("GET")) {
            throw new ApiError(405, "Not implemented");
        }
        return parts.length == 2 ? one(table, parts[1]) : list(table, request.query());
    }

    private static Table table(String name) {
        try {
            return name.equals(name.toLowerCase(Locale.ROOT)) ? Table.valueOf(name.toUpperCase(Locale.ROOT)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Response logIn(JsonNode body) {
        if (!body.hasNonNull("email") || body.get("email").asText().isEmpty()) {
            throw new ApiError(400, "'email' is required");
        }
        String email = body.get("email").asText();
        if (!"local".equals(body.path("strategy").asText())) {
            throw new ApiError(401, "Invalid authentication information (strategy)");
        }
        String token = tokens.logIn(email, body.path("password").asText(null));
        ObjectNode answer = StandInData.JSON.createObjectNode().put("accessToken", token);
        answer.putObject("authentication").put("strategy", "local");
        answer.putObject("user").put("id", 1).put("email", email);
        return Response.json(201, answer);
    }

    private Response one(Table table, String id) {
        return (id.matches("\\d{1,18}") ? data.get(table, Long.parseLong(id)) : Optional.<ObjectNode>empty())
                .map(record -> Response.json(200, record))
                .orElseThrow(() -> DeploymentRules.noRecord(id));
    }

    private Response list(Table table, Map<String, String> query) {
        for (String key : query.keySet()) {
            if (!key.startsWith("$") && !FILTERS.get(table).contains(key)) {
                throw new ApiError(400, "Invalid query parameter " + key);
            }
        }
        String pattern = query.get("pattern");
        if (table == Table.DEPLOYMENTS
                && pattern != null
                && data.named(Table.PATTERNS, pattern).isEmpty()) {
            throw DeploymentRules.unknown("A pattern", pattern);
        }
        return paged(data.matching(table, record -> passes(table, record, query)), query);
    }

    private Response paged(List<ObjectNode> found, Map<String, String> query) {
        ArrayNode entries = StandInData.JSON.createArrayNode();
        if (pageSize == 0) {
            return Response.json(200, entries.addAll(found));
        }
        int skip = Math.min(Integer.parseInt(query.getOrDefault("$skip", "0")), found.size());
        int limit = Math.min(Integer.parseInt(query.getOrDefault("$limit", "" + pageSize)), pageSize);
        entries.addAll(found.subList(skip, Math.min(skip + limit, found.size())));
        ObjectNode page = StandInData.JSON
                .createObjectNode()
                .put("total", found.size())
                .put("limit", limit)
                .put("skip", skip);
        return Response.json(200, page.set("data", entries));
    }

    private boolean passes(Table table, ObjectNode record, Map<String, String> query) {
        return query.entrySet().stream()
                .allMatch(filter ->
                        filter.getKey().startsWith("$") || passes(table, record, filter.getKey(), filter.getValue()));
    }

    private boolean passes(Table table, ObjectNode record, String filter, String wanted) {
        if (table == Table.BUILDS) {
            return passes(record, filter, wanted);
        }
        return switch (filter) {
            case "pattern" -> refers(record, "pattern_id", Table.PATTERNS, wanted);
            case "deployment" -> refers(record, "deployment_id", Table.DEPLOYMENTS, wanted);
            case "group" -> refers(record, "group_id", Table.AGENT_GROUPS, wanted);
            default -> StandInData.equal(record.path(filter), wanted);
        };
    }

    private boolean passes(ObjectNode build, String filter, String wanted) {
        return switch (filter) {
            case "pattern" ->
                data.named(Table.PATTERNS, wanted).stream()
                        .anyMatch(pattern -> contains(
                                build.path("patterns"), pattern.get("id").asText()));
            case "pattern_id" -> contains(build.path("patterns"), wanted);
            case "project" -> refers(build, "project_id", Table.PROJECTS, wanted);
            case "releases" -> hasReleases(build, wanted);
            default -> StandInData.equal(build.path(filter), wanted);
        };
    }

    /** Release names are kept beside the record, which has ids only. */
    private boolean hasReleases(ObjectNode build, String wanted) {
        try {
            JsonNode asked = StandInData.JSON.readTree(wanted);
            JsonNode has = data.releases(build.get("id").asLong());
            for (var entry : asked.properties()) {
                if (!entry.getValue().equals(has.get(entry.getKey()))) {
                    return false;
                }
            }
            return asked.isObject();
        } catch (IOException e) {
            throw new ApiError(400, "releases must be a JSON object");
        }
    }

    private static boolean contains(JsonNode ids, String id) {
        for (JsonNode entry : ids) {
            if (entry.asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean refers(ObjectNode record, String field, Table to, String name) {
        return data.get(to, record.path(field).asLong())
                .filter(target -> StandInData.equal(target.path("name"), name))
                .isPresent();
    }
}
