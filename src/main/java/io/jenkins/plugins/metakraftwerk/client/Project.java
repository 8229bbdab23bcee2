package io.jenkins.plugins.metakraftwerk.client;

/** What builds belong to, as {@code /projects} answers it. */
public record Project(Long id, String name, Boolean deleted, Boolean disabled) implements Identified {

    public Project {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }

    public boolean usable() {
        return !Boolean.TRUE.equals(deleted) && !Boolean.TRUE.equals(disabled);
    }
}
