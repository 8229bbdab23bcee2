package io.jenkins.plugins.metakraftwerk.client;

/** A set of agents, as {@code /agent_groups} lists it. */
public record AgentGroup(Long id, String name) implements Identified {

    public AgentGroup {
        RequiredFields.id("id", id);
        RequiredFields.name("name", name);
    }
}
