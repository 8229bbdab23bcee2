package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import java.util.stream.Stream;

/**
 * Record that a run ended with, and how the run came by it.
 *
 * @param originName the name of the origin: a text, since a newer version may write one that is not known here
 * @param buildName the name of the build; null if it was not read or the build has none
 */
public record DeploymentResult(String originName, BuildDeployment record, String buildName) {

    /** Way in which a run came by its record. */
    public enum Origin {
        /** The response of the server contained it. */
        CREATED,
        /**
         * The run found it on the server: its response was lost, or another attempt or the server itself had created
         * it.
         */
        ADOPTED,
        /** The record existed before; the run has not brought it. */
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

    /** Returns the origin. A name that is not known here counts as {@link Origin#ADOPTED}. */
    public Origin origin() {
        return Stream.of(Origin.values())
                .filter(one -> one.name().equals(originName))
                .findFirst()
                .orElse(Origin.ADOPTED);
    }

    /** Returns true if the record is new: the run did not skip because it existed before. */
    public boolean created() {
        return origin() != Origin.SKIPPED;
    }

    @Override
    public String toString() {
        return originName + " " + record;
    }
}
