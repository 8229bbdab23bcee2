package io.jenkins.plugins.metakraftwerk.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The filters of {@code GET /builds}; a null one does not filter.
 *
 * @param releases from the name of a release group to the name of a release; empty for any
 */
public record BuildFilter(
        String project,
        Long projectId,
        String pattern,
        Long patternId,
        String user,
        Long userId,
        Map<String, String> releases) {

    public BuildFilter {
        // Sorted, so that equal filters make equal requests.
        releases = Collections.unmodifiableMap(new TreeMap<>(releases));
    }

    /** Begins a filter from fields as a person typed them. A blank field means 'any'. */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes the filter for people. */
    public Text text() {
        Text words = Text.forKey("filter.any");
        if (project != null || projectId != null) {
            words = Text.forKey("filter.project", words, RemoteText.label(project, projectId));
        }
        if (pattern != null || patternId != null) {
            words = Text.forKey("filter.pattern", words, RemoteText.label(pattern, patternId));
        }
        if (user != null || userId != null) {
            words = Text.forKey("filter.user", words, RemoteText.label(user, userId));
        }
        for (Map.Entry<String, String> release : releases.entrySet()) {
            words = Text.forKey(
                    "filter.release", words, RemoteText.name(release.getKey()), RemoteText.name(release.getValue()));
        }
        return words;
    }

    Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("project", project);
        query.put("project_id", projectId);
        query.put("pattern", pattern);
        query.put("pattern_id", patternId);
        query.put("user", user);
        query.put("user_id", userId);
        query.put("releases", releases.isEmpty() ? null : Json.write(releases));
        return query;
    }

    /** Collects the fields and checks them all at once. */
    public static final class Builder {

        private final FieldValidator fields = new FieldValidator();
        private String project;
        private Long projectId;
        private String pattern;
        private Long patternId;
        private String user;
        private Long userId;
        private final Map<String, String> releases = new TreeMap<>();

        private Builder() {}

        public Builder project(String name, String id) {
            fields.notBoth("project", name, "projectId", id);
            project = fields.name("project", name);
            projectId = fields.id("projectId", id);
            return this;
        }

        public Builder pattern(String name, String id) {
            fields.notBoth("pattern", name, "patternId", id);
            pattern = fields.name("pattern", name);
            patternId = fields.id("patternId", id);
            return this;
        }

        public Builder user(String name, String id) {
            fields.notBoth("user", name, "userId", id);
            user = fields.name("user", name);
            userId = fields.id("userId", id);
            return this;
        }

        /** @param wanted from the name of a release group to the name of a release; neither may be blank */
        public Builder releases(Map<String, String> wanted) {
            wanted.forEach((group, release) -> {
                fields.require("releases", group);
                fields.require("releases", release);
                String groupName = fields.name("releases", group);
                String releaseName = fields.name("releases", release);
                if (groupName != null && releaseName != null) {
                    releases.put(groupName, releaseName);
                }
            });
            return this;
        }

        /** @throws MetaKraftwerkException not sent, naming every field that is wrong */
        public BuildFilter build() throws MetaKraftwerkException {
            fields.check();
            return new BuildFilter(project, projectId, pattern, patternId, user, userId, releases);
        }
    }
}
