package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Deployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException.Effect;
import io.jenkins.plugins.metakraftwerk.client.NewestCollector;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks if a deployment could be sent, and sends nothing. All reads go out at the same time. A read that fails for a
 * passing reason is repeated; one that still fails becomes a line of the report. An instance serves one check.
 */
public final class DeploymentCheck {

    private final DeploymentPlan plan;
    private final ReadRetries retries;
    private final PlatformCalls platformCalls;
    private final boolean knowsBuild;
    private final List<CheckRead<?>> reads = new ArrayList<>();

    /** Reads of this check; null if the check does not need one. */
    private CheckRead<Optional<Build>> build;

    private CheckRead<List<Pattern>> patterns;
    private CheckRead<List<Deployment>> deployments;
    private CheckRead<CheckReportBuilder.Records> records;
    private CheckRead<List<Agent>> agents;

    private CheckRead<List<AgentGroup>> groups;
    private CheckRead<List<Agent>> online;

    /**
     * Checks a plan whose fields are all known.
     *
     * @see #DeploymentCheck(DeploymentPlan, Set, MetaKraftwerkClient, ReadRetries, PlatformCalls)
     */
    public DeploymentCheck(
            DeploymentPlan plan, MetaKraftwerkClient client, ReadRetries retries, PlatformCalls platformCalls) {
        this(plan, Set.of(), client, retries, platformCalls);
    }

    /**
     * @param open the names of fields whose values are not known yet; the plan may hold anything there, and reads that
     *     need them are left out
     * @param retries limits the time in which a read is repeated that fails for a passing reason
     * @param platformCalls runs comparisons of names, which take longer than a virtual thread may
     */
    public DeploymentCheck(
            DeploymentPlan plan,
            Set<String> open,
            MetaKraftwerkClient client,
            ReadRetries retries,
            PlatformCalls platformCalls) {
        this.plan = plan;
        knowsBuild = !open.contains("buildId");
        this.retries = retries;
        this.platformCalls = platformCalls;
        DeploymentRequest request = plan.request();
        boolean knowsPattern = !open.contains("pattern") && !open.contains("patternId");
        boolean knowsTarget = knowsPattern && !open.contains("deployment") && !open.contains("deploymentId");
        if (knowsBuild) {
            build = addRead("names.build", () -> build(client, request.buildId()));
        }
        if (knowsPattern) {
            patterns = addRead("names.pattern", () -> client.patterns());
        }
        if (knowsTarget) {
            deployments = addRead("names.deployment", () -> client.deployments(request.pattern(), request.patternId()));
        }
        if (request.namesAgent() && !open.contains("agent") && !open.contains("agentId")) {
            agents = addRead("names.agent", () -> client.agents(null));
        }
        if (request.namesAgentGroup() && !open.contains("agentGroup") && !open.contains("agentGroupId")) {
            groups = addRead("names.group", () -> client.agentGroups(null));
            online = addRead("names.online", () -> client.onlineAgents(request.agentGroup(), request.agentGroupId()));
        }
        if (knowsTarget) {
            records = addRead("names.records", () -> records(client, request));
        }
    }

    private <T> CheckRead<T> addRead(String nameKey, ReadRetries.ReadCall<T> call) {
        CheckRead<T> read = new CheckRead<>(Text.forKey(nameKey), call);
        reads.add(read);
        return read;
    }

    /** Reads the build; empty if the server has none of that id. */
    private static Optional<Build> build(MetaKraftwerkClient client, long id)
            throws MetaKraftwerkException, InterruptedException {
        try {
            return Optional.of(client.build(id));
        } catch (MetaKraftwerkException e) {
            if (e.is(404)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static CheckReportBuilder.Records records(MetaKraftwerkClient client, DeploymentRequest request)
            throws MetaKraftwerkException, InterruptedException {
        return client.collect(
                request.sameTarget(),
                Collectors.teeing(
                        Collectors.filtering(request::matches, NewestCollector.<BuildDeployment>keeping(1)),
                        NewestCollector.<BuildDeployment>keeping(1),
                        (own, last) -> new CheckReportBuilder.Records(
                                own.stream().findFirst(), last.stream().findFirst())));
    }

    /**
     * Reads all and makes the report. To be called on a virtual thread.
     *
     * @throws MetaKraftwerkException if the server cannot be reached, does not accept the credential, or gives no
     *     usable response
     */
    public CheckReport report() throws MetaKraftwerkException, InterruptedException {
        try {
            retries.read(this::readOpen);
        } catch (MetaKraftwerkException e) {
            if (serverFailure().isPresent()) {
                throw e;
            }
        }
        return platformCalls.get(this::makeReport);
    }

    /** @throws MetaKraftwerkException if a read may succeed later, or if no read can succeed */
    private Void readOpen() throws MetaKraftwerkException, InterruptedException {
        VirtualThreads.together(reads.stream()
                .filter(CheckRead::isOpen)
                .<ReadRetries.ReadCall<Void>>map(read -> read::look)
                .toList());
        Optional<MetaKraftwerkException> failure = serverFailure().or(this::passingFailure);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return null;
    }

    private List<MetaKraftwerkException> failures() {
        return reads.stream().flatMap(read -> read.failure().stream()).toList();
    }

    private Optional<MetaKraftwerkException> passingFailure() {
        return failures().stream().filter(MetaKraftwerkException::retryable).findFirst();
    }

    /**
     * Returns the failure that makes the whole check useless; empty if there is none. The server cannot be reached, or
     * it or a proxy refuses the credential, or every read failed and none with 403.
     */
    private Optional<MetaKraftwerkException> serverFailure() {
        List<MetaKraftwerkException> failures = failures();
        boolean allFailed = failures.size() == reads.size() && failures.stream().noneMatch(failure -> failure.is(403));
        return failures.stream()
                .filter(failure -> allFailed || failure.effect() == Effect.NOT_SENT || failure.is(401, 407))
                .findFirst();
    }

    private CheckReport makeReport() {
        CheckReportBuilder builder = new CheckReportBuilder(plan, knowsBuild);
        if (build != null) {
            builder.build(build);
        }
        if (build != null && patterns != null) {
            builder.contained(build, patterns);
        }
        if (patterns != null) {
            builder.pattern(patterns);
        }
        if (deployments != null) {
            builder.deployment(deployments);
        }
        if (agents != null) {
            builder.agent(agents);
        }
        if (groups != null) {
            builder.group(groups, online);
        }
        if (records != null) {
            builder.records(records);
        }
        return builder.report();
    }
}
