package io.jenkins.plugins.metakraftwerk.client;

/** A set of agents, as {@code /agent_groups} answers it. */
public record AgentGroup(Long id, String name) implements Identified {

    public AgentGroup {
        Required.id("id", id);
        Required.name("name", name);
    }
}
