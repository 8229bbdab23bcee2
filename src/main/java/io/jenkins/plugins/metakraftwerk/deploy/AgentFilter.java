package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Selects the records that the agent or agent group of a request carries out. A record has ids only, so a name is
 * looked up first. A name that the server does not know selects no record.
 */
final class AgentFilter {

    private AgentFilter() {}

    static Predicate<BuildDeployment> forRun(RunContext context) throws MetaKraftwerkException, InterruptedException {
        DeploymentRequest request = context.plan().request();
        if (request.agentId() != null) {
            return record -> request.agentId().equals(record.agentId());
        }
        if (request.agentGroupId() != null) {
            return record -> request.agentGroupId().equals(record.agentGroupId());
        }
        if (request.agent() != null) {
            List<Agent> agents =
                    context.repeats().read(() -> context.connection().read(client -> client.agents(request.agent())));
            Set<Long> ids = idsOf(agents, agent -> agent.name().equals(request.agent()), Agent::id);
            return record -> record.agentId() != null && ids.contains(record.agentId());
        }
        if (request.agentGroup() != null) {
            List<AgentGroup> groups = context.repeats()
                    .read(() -> context.connection().read(client -> client.agentGroups(request.agentGroup())));
            Set<Long> ids = idsOf(groups, group -> group.name().equals(request.agentGroup()), AgentGroup::id);
            return record -> record.agentGroupId() != null && ids.contains(record.agentGroupId());
        }
        return record -> true;
    }

    /** Returns true if the record names neither agent nor agent group, as records of automatic deployments do. */
    static boolean namesNobody(BuildDeployment record) {
        return record.agentId() == null && record.agentGroupId() == null;
    }

    private static <T> Set<Long> idsOf(List<T> listed, Predicate<T> named, Function<T, Long> id) {
        return listed.stream().filter(named).map(id).collect(Collectors.toSet());
    }
}
