package io.jenkins.plugins.metakraftwerk.client;

/**
 * A set of agents, as {@code /agent_groups} answers it.
 *
 * @param description may be null
 */
public record AgentGroup(Long id, String name, String description) implements Identified {

    public AgentGroup {
        Required.id("id", id);
        Required.name("name", name);
    }
}
