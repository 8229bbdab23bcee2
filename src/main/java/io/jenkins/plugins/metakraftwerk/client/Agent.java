package io.jenkins.plugins.metakraftwerk.client;

/**
 * A client program near the target system, as {@code /agents} lists it.
 *
 * @param id the integer id that a deployment takes, not the UUID
 */
public record Agent(Long id, String name, Boolean deleted, Boolean disabled, Boolean online) implements Identified {

    public Agent {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }

    /** True if it can be given a deployment at all. */
    public boolean usable() {
        return !Boolean.TRUE.equals(deleted) && !Boolean.TRUE.equals(disabled);
    }

    /** True if the server says that it is not connected. */
    public boolean offline() {
        return Boolean.FALSE.equals(online);
    }
}
