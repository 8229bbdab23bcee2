package io.jenkins.plugins.metakraftwerk.client;

/** A definition inside a pattern that says where artefacts go, as {@code /deployments} lists it. */
public record Deployment(Long id, String name) implements Identified {

    public Deployment {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }
}
