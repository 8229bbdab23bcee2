package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.stream.Stream;

/**
 * The record that a run ended with, and how it came by it.
 *
 * @param originName a text, since a newer version may write one that is not known here
 * @param buildName the name of the build; null where it was not read, or has none
 */
public record DeploymentResult(String originName, BuildDeployment record, String buildName) {

    /** How a run came by its record. */
    public enum Origin {
        /** The server answered with it. */
        CREATED,
        /** The answer was lost, and the record was found afterwards. */
        ADOPTED,
        /** It existed before, and nothing was sent. */
        SKIPPED
    }

    public DeploymentResult(Origin origin, BuildDeployment record) {
        this(origin, record, null);
    }

    public DeploymentResult(Origin origin, BuildDeployment record, String buildName) {
        this(origin.name(), record, BoundedText.shorten(buildName));
    }

    boolean isWhole() {
        return originName != null && record != null;
    }

    /** One that is not known here is a record that the run came by in some other way. */
    public Origin origin() {
        return Stream.of(Origin.values())
                .filter(one -> one.name().equals(originName))
                .findFirst()
                .orElse(Origin.ADOPTED);
    }

    /** Whether this run caused the deployment. */
    public boolean created() {
        return origin() != Origin.SKIPPED;
    }

    @Override
    public String toString() {
        return originName + " " + record;
    }
}
