package io.jenkins.plugins.metakraftwerk.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import java.io.IOException;
import java.util.Map;

/**
 * Request for a deployment, in ids. All servers have the same names.
 *
 * @param agent null for none; -1 for one that no server knows; the same for the group
 */
record RequestedDeployment(long build, long pattern, long deployment, Long agent, Long group) {

    static final Map<String, Long> PATTERNS = Map.of("LOAD", 11L, "OTHER", 12L);
    static final Map<String, Long> DEPLOYMENTS = Map.of("DEV", 21L, "PROD", 22L);
    static final Map<String, Long> AGENTS = Map.of("vm-a", 31L, "vm-b", 32L);
    static final Map<String, Long> GROUPS = Map.of("etl", 41L, "etl-2", 42L);

    private static final long NONE = -1;
    private static final ObjectMapper JSON = new ObjectMapper();

    static RequestedDeployment parse(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return new RequestedDeployment(
                    json.path("build_id").asLong(),
                    id(PATTERNS, json.path("pattern").asText(null), number(json, "pattern_id")),
                    id(DEPLOYMENTS, json.path("deployment").asText(null), number(json, "deployment_id")),
                    id(AGENTS, json.path("agent").asText(null), number(json, "agent_id")),
                    id(GROUPS, json.path("agent_group").asText(null), number(json, "agent_group_id")));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RequestedDeployment from(DeploymentRequest request) {
        return new RequestedDeployment(
                request.buildId(),
                id(PATTERNS, request.pattern(), request.patternId()),
                id(DEPLOYMENTS, request.deployment(), request.deploymentId()),
                id(AGENTS, request.agent(), request.agentId()),
                id(GROUPS, request.agentGroup(), request.agentGroupId()));
    }

    private static Long number(JsonNode json, String field) {
        return json.has(field) ? json.get(field).asLong() : null;
    }

    private static Long id(Map<String, Long> names, String name, Long id) {
        return name == null ? id : names.getOrDefault(name, NONE);
    }

    boolean isKnown() {
        return PATTERNS.containsValue(pattern)
                && DEPLOYMENTS.containsValue(deployment)
                && (agent == null || AGENTS.containsValue(agent))
                && (group == null || GROUPS.containsValue(group));
    }

    boolean namesExecutor() {
        return agent != null || group != null;
    }

    /** Returns true if a record is of this deployment, of any build and agent. */
    boolean sameDeployment(SimRecord record) {
        return record.pattern == pattern && record.deployment == deployment;
    }

    boolean sameExecutor(SimRecord record) {
        return (agent == null || agent.equals(record.agent)) && (group == null || group.equals(record.group));
    }

    /** Returns true if a record is of this deployment of the same build, by any agent. */
    boolean isOfBuild(SimRecord record) {
        return record.build == build && sameDeployment(record);
    }

    boolean fits(SimRecord record) {
        return isOfBuild(record) && sameExecutor(record);
    }
}
