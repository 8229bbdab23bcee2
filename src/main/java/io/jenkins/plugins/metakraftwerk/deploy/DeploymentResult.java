package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.io.Serializable;
import java.util.stream.Stream;

/** The record that a run ended with, and how it came by it. */
public final class DeploymentResult implements Serializable {

    private static final long serialVersionUID = 1L;

    /** How a run came by its record. */
    public enum Origin {
        /** The server answered with it. */
        CREATED,
        /** The answer was lost, and the record was found afterwards. */
        ADOPTED,
        /** It existed before, and nothing was sent. */
        SKIPPED
    }

    /** A text, since a newer version may store one that is not known here. */
    private final String origin;

    private final long id;
    private final long buildId;
    private final Long patternId;
    private final Long deploymentId;
    private final Long uploadId;
    private final Long agentId;
    private final Long agentGroupId;
    private final String buildName;

    public DeploymentResult(Origin origin, BuildDeployment record) {
        this(origin, record, null);
    }

    /** @param buildName the name of the build, or null where it is not known */
    public DeploymentResult(Origin origin, BuildDeployment record, String buildName) {
        this.origin = origin.name();
        this.buildName = buildName;
        id = record.id();
        buildId = record.buildId();
        patternId = record.patternId();
        deploymentId = record.deploymentId();
        uploadId = record.uploadId();
        agentId = record.agentId();
        agentGroupId = record.agentGroupId();
    }

    /** One that is not known here is a record that the run came by in some other way. */
    public Origin origin() {
        return Stream.of(Origin.values())
                .filter(one -> one.name().equals(origin))
                .findFirst()
                .orElse(Origin.ADOPTED);
    }

    /** As it was stored. */
    public String originName() {
        return origin;
    }

    /** Whether this run caused the deployment. */
    public boolean created() {
        return origin() != Origin.SKIPPED;
    }

    /** The name of the build; null where it was not read, or has none. */
    public String buildName() {
        return buildName;
    }

    public BuildDeployment record() {
        return new BuildDeployment(id, buildId, patternId, deploymentId, uploadId, agentId, agentGroupId);
    }

    @Override
    public String toString() {
        return origin + " " + record();
    }
}
