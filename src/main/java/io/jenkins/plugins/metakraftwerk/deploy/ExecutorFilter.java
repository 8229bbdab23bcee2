package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Tells the records that a given agent or group carries out. Records have ids only, so a name is looked up first; a name
 * that the server does not know lets no record through.
 */
final class ExecutorFilter {

    private ExecutorFilter() {}

    static CompletableFuture<Predicate<BuildDeployment>> of(
            DeploymentRequest request, MetaKraftwerkClient client, Retries retries) {
        if (request.agentId() != null) {
            return CompletableFuture.completedFuture(record -> request.agentId().equals(record.agentId()));
        }
        if (request.agentGroupId() != null) {
            return CompletableFuture.completedFuture(
                    record -> request.agentGroupId().equals(record.agentGroupId()));
        }
        if (request.agent() != null) {
            return Futures.map(retries.read(() -> client.agents(request.agent())), agents -> {
                Set<Long> ids = idsOf(agents, agent -> agent.name().equals(request.agent()), Agent::id);
                return record -> record.agentId() != null && ids.contains(record.agentId());
            });
        }
        if (request.agentGroup() != null) {
            return Futures.map(retries.read(() -> client.agentGroups(request.agentGroup())), groups -> {
                Set<Long> ids = idsOf(groups, group -> group.name().equals(request.agentGroup()), AgentGroup::id);
                return record -> record.agentGroupId() != null && ids.contains(record.agentGroupId());
            });
        }
        return CompletableFuture.completedFuture(record -> true);
    }

    private static <T> Set<Long> idsOf(List<T> found, Predicate<T> named, Function<T, Long> id) {
        return found.stream().filter(named).map(id).collect(Collectors.toSet());
    }
}
