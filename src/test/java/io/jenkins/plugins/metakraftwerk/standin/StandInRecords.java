package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Records in the form of the API. */
final class StandInRecords {

    private StandInRecords() {}

    static ObjectNode pattern(
            long id, String name, String type, String version, boolean active, boolean deleted, boolean disabled) {
        return named(id, name)
                .put("description", "Pattern " + name)
                .put("type", type)
                .put("vers_no", version)
                .put("status", "RELEASED")
                .put("active", active)
                .put("deleted", deleted)
                .put("disabled", disabled)
                .putNull("release_group_id");
    }

    static ObjectNode deployment(long id, long pattern, String name) {
        return named(id, name).put("pattern_id", pattern);
    }

    static ObjectNode agentGroup(long id, String name, String description) {
        return named(id, name).put("description", description);
    }

    static ObjectNode agent(long id, String name, boolean online, Long group) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return named(id, name)
                .put("agent_id", uuid.toString())
                .put("deleted", false)
                .put("disabled", false)
                .put("online", online)
                .put("group_id", group);
    }

    static ObjectNode project(long id, String name) {
        return named(id, name).put("deleted", false).put("disabled", false);
    }

    static ObjectNode build(long id, String status, int progress, String message) {
        boolean ended = !status.equals("BUILDING");
        ObjectNode build = named(id, "Build " + id)
                .put("customer_id", 1)
                .put("user_id", 5)
                .put("project_id", StandInDefaults.PROJECT_ID)
                .put("description", "Of the stand-in")
                .put("progress", progress)
                .put("status", status)
                .put("message", message)
                .put("build_start", "2025-06-01T08:00:00.000Z")
                .put("build_end", ended ? "2025-06-01T08:05:00.000Z" : null)
                .put("created_at", "2025-06-01T08:00:00.000Z")
                .put("updated_at", "2025-06-01T08:05:00.000Z")
                .put("version", "1")
                .put("active", 1)
                .put("deleted", 0)
                .put("instances", 2)
                .put("user", "demo@metakraftwerk.example");
        build.putArray("patterns").add(11).add(12);
        build.putArray("releases").add(61);
        build.putArray("downloads").addObject().put("id", 71).put("name", "artefacts.zip");
        return build;
    }

    /** Returns the record without its id, which the server adds. */
    static ObjectNode buildDeployment(
            long build, long pattern, long deployment, Long upload, Long agent, Long agentGroup) {
        return StandInData.JSON
                .createObjectNode()
                .put("build_id", build)
                .put("pattern_id", pattern)
                .put("deployment_id", deployment)
                .put("upload_id", upload)
                .put("agent_id", agent)
                .put("agent_group_id", agentGroup);
    }

    private static ObjectNode named(long id, String name) {
        return StandInData.JSON.createObjectNode().put("id", id).put("name", name);
    }
}
