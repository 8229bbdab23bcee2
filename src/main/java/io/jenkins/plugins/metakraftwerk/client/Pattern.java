package io.jenkins.plugins.metakraftwerk.client;

/**
 * A template that a build runs, as {@code /patterns} lists it.
 *
 * @param versNo the version, a text
 * @param active null if the server does not say, which counts as active
 */
public record Pattern(
        Long id, String name, String type, String versNo, Boolean active, Boolean deleted, Boolean disabled)
        implements Identified {

    public Pattern {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }

    /** True if it can be deployed: active, not deleted, not disabled. */
    public boolean usable() {
        return !Boolean.FALSE.equals(active) && !Boolean.TRUE.equals(deleted) && !Boolean.TRUE.equals(disabled);
    }
}
