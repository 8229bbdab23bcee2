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
 * Tells the records that a given agent or group carries out. Records have ids only, so a name is looked up first; a name
 * that the server does not know lets no record through.
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

    /** Whether nobody was named to carry a record out, as in those that the server makes by itself. */
    static boolean namesNobody(BuildDeployment record) {
        return record.agentId() == null && record.agentGroupId() == null;
    }

    private static <T> Set<Long> idsOf(List<T> found, Predicate<T> named, Function<T, Long> id) {
        return found.stream().filter(named).map(id).collect(Collectors.toSet());
    }
}
