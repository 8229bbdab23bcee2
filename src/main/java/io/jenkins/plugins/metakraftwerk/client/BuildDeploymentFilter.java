package io.jenkins.plugins.metakraftwerk.client;

import java.util.LinkedHashMap;
import java.util.Map;

/** The filters of {@code GET /build_deployments}; a null one does not filter. */
public record BuildDeploymentFilter(
        Long buildId, String pattern, Long patternId, String deployment, Long deploymentId) {

    /**
     * Makes a filter from fields as a person typed them. A blank field means 'any'.
     *
     * @throws MetaKraftwerkException not sent, naming every field that is wrong
     */
    public static BuildDeploymentFilter parse(
            String buildId, String pattern, String patternId, String deployment, String deploymentId)
            throws MetaKraftwerkException {
        FieldValidator fields = new FieldValidator();
        fields.notBoth("pattern", pattern, "patternId", patternId);
        fields.notBoth("deployment", deployment, "deploymentId", deploymentId);
        return read(fields, buildId, pattern, patternId, deployment, deploymentId);
    }

    /**
     * Makes a filter for one deployment of one pattern and any build.
     *
     * @throws MetaKraftwerkException not sent, naming every field that is wrong or missing
     */
    public static BuildDeploymentFilter ofTarget(
            String pattern, String patternId, String deployment, String deploymentId) throws MetaKraftwerkException {
        FieldValidator fields = new FieldValidator();
        fields.exactlyOne("pattern", pattern, "patternId", patternId);
        fields.exactlyOne("deployment", deployment, "deploymentId", deploymentId);
        return read(fields, null, pattern, patternId, deployment, deploymentId);
    }

    private static BuildDeploymentFilter read(
            FieldValidator fields,
            String buildId,
            String pattern,
            String patternId,
            String deployment,
            String deploymentId)
            throws MetaKraftwerkException {
        var filter = new BuildDeploymentFilter(
                fields.id("buildId", buildId),
                fields.name("pattern", pattern),
                fields.id("patternId", patternId),
                fields.name("deployment", deployment),
                fields.id("deploymentId", deploymentId));
        fields.check();
        return filter;
    }

    /** Describes the filter for people. */
    public Text text() {
        Text any = Text.forKey("filter.any");
        Text build = buildId == null ? any : Text.forKey("filter.build", buildId);
        Text withPattern = pattern == null && patternId == null
                ? build
                : Text.forKey("filter.pattern", build, RemoteText.label(pattern, patternId));
        return deployment == null && deploymentId == null
                ? withPattern
                : Text.forKey("filter.deployment", withPattern, RemoteText.label(deployment, deploymentId));
    }

    Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("build_id", buildId);
        query.put("pattern", pattern);
        query.put("pattern_id", patternId);
        query.put("deployment", deployment);
        query.put("deployment_id", deploymentId);
        return query;
    }
}
