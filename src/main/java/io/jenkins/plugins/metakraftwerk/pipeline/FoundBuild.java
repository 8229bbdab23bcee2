package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Build;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * MetaKraftwerk build as scripts see it. All of it comes from {@code /builds} of the API, texts shortened. A value that
 * the API does not give is null.
 */
public final class FoundBuild implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long id;
    private final String name;
    private final String description;
    private final String status;
    private final Integer progress;
    private final String message;
    private final Long projectId;
    private final Long userId;
    private final ArrayList<Long> patternIds;
    private final ArrayList<Long> releaseIds;
    private final String buildStart;
    private final String buildEnd;
    private final String createdAt;

    FoundBuild(Build build) {
        id = build.id();
        name = build.name();
        description = build.description();
        status = build.status();
        progress = build.progress() == null ? null : (int) Math.round(build.progress());
        message = build.message();
        projectId = build.projectId();
        userId = build.userId();
        patternIds = new ArrayList<>(build.patterns());
        releaseIds = new ArrayList<>(build.releases());
        buildStart = build.buildStart();
        buildEnd = build.buildEnd();
        createdAt = build.createdAt();
    }

    @Whitelisted
    public long getId() {
        return id;
    }

    @Whitelisted
    public String getName() {
        return name;
    }

    @Whitelisted
    public String getDescription() {
        return description;
    }

    /**
     * Returns {@code BUILDING}, {@code FINISHED}, {@code FAILED} or {@code CANCELED}. A newer server may give others.
     */
    @Whitelisted
    public String getStatus() {
        return status;
    }

    /** Returns the progress in percent, 0 to 100. */
    @Whitelisted
    public Integer getProgress() {
        return progress;
    }

    @Whitelisted
    public String getMessage() {
        return message;
    }

    @Whitelisted
    public Long getProjectId() {
        return projectId;
    }

    @Whitelisted
    public Long getUserId() {
        return userId;
    }

    @Whitelisted
    public List<Long> getPatternIds() {
        return Collections.unmodifiableList(patternIds);
    }

    @Whitelisted
    public List<Long> getReleaseIds() {
        return Collections.unmodifiableList(releaseIds);
    }

    /** Returns the time in ISO 8601, as the server gives it. So do the other times. */
    @Whitelisted
    public String getBuildStart() {
        return buildStart;
    }

    @Whitelisted
    public String getBuildEnd() {
        return buildEnd;
    }

    @Whitelisted
    public String getCreatedAt() {
        return createdAt;
    }

    @Override
    public String toString() {
        return "Build[id=" + id + ", name=" + name + ", status=" + status + ", progress=" + progress + ", projectId="
                + projectId + ", userId=" + userId + ", patternIds=" + patternIds + ", releaseIds=" + releaseIds
                + ", buildEnd=" + buildEnd + "]";
    }
}
