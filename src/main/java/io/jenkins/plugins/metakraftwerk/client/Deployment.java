package io.jenkins.plugins.metakraftwerk.client;

/** A definition inside a pattern that says where artefacts go, as {@code /deployments} answers it. */
public record Deployment(Long id, String name) implements Identified {

    public Deployment {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }
}
