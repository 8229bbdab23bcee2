package io.jenkins.plugins.metakraftwerk.client;

/** A project, which builds belong to, as {@code /projects} lists it. */
public record Project(Long id, String name, Boolean deleted, Boolean disabled) implements Identified {

    public Project {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }

    public boolean usable() {
        return !Boolean.TRUE.equals(deleted) && !Boolean.TRUE.equals(disabled);
    }
}
