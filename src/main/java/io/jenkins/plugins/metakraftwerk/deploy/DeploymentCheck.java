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
    private final ReadRetries repeats;
    private final PlatformCalls work;
    private final boolean knowsBuild;
    private final List<CheckRead<?>> looks = new ArrayList<>();

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
    public DeploymentCheck(DeploymentPlan plan, MetaKraftwerkClient client, ReadRetries repeats, PlatformCalls work) {
        this(plan, Set.of(), client, repeats, work);
    }

    /**
     * @param open the names of fields whose values are not known yet, whatever the plan holds there; reads that need
     *     them are left out
     * @param repeats limits how long a read is repeated that fails for a passing reason
     * @param work runs comparisons of names, which take longer than a virtual thread may
     */
    public DeploymentCheck(
            DeploymentPlan plan,
            Set<String> open,
            MetaKraftwerkClient client,
            ReadRetries repeats,
            PlatformCalls work) {
        this.plan = plan;
        knowsBuild = !open.contains("buildId");
        this.repeats = repeats;
        this.work = work;
        DeploymentRequest asked = plan.request();
        boolean knowsPattern = !open.contains("pattern") && !open.contains("patternId");
        boolean knowsTarget = knowsPattern && !open.contains("deployment") && !open.contains("deploymentId");
        if (knowsBuild) {
            build = look("names.build", () -> build(client, asked.buildId()));
        }
        if (knowsPattern) {
            patterns = look("names.pattern", () -> client.patterns());
        }
        if (knowsTarget) {
            deployments = look("names.deployment", () -> client.deployments(asked.pattern(), asked.patternId()));
        }
        if (asked.namesAgent() && !open.contains("agent") && !open.contains("agentId")) {
            agents = look("names.agent", () -> client.agents(null));
        }
        if (asked.namesAgentGroup() && !open.contains("agentGroup") && !open.contains("agentGroupId")) {
            groups = look("names.group", () -> client.agentGroups(null));
            online = look("names.online", () -> client.onlineAgents(asked.agentGroup(), asked.agentGroupId()));
        }
        if (knowsTarget) {
            records = look("names.records", () -> records(client, asked));
        }
    }

    private <T> CheckRead<T> look(String what, ReadRetries.ReadCall<T> call) {
        CheckRead<T> look = new CheckRead<>(Text.forKey(what), call);
        looks.add(look);
        return look;
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

    private static CheckReportBuilder.Records records(MetaKraftwerkClient client, DeploymentRequest asked)
            throws MetaKraftwerkException, InterruptedException {
        return client.collect(
                asked.sameTarget(),
                Collectors.teeing(
                        Collectors.filtering(asked::matches, NewestCollector.<BuildDeployment>keeping(1)),
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
            repeats.read(this::readWhatIsOpen);
        } catch (MetaKraftwerkException e) {
            if (inVain().isPresent()) {
                throw e;
            }
        }
        return work.get(this::found);
    }

    /** @throws MetaKraftwerkException if a read may succeed later, or if no read can succeed */
    private Void readWhatIsOpen() throws MetaKraftwerkException, InterruptedException {
        VirtualThreads.together(looks.stream()
                .filter(CheckRead::isOpen)
                .<ReadRetries.ReadCall<Void>>map(look -> look::look)
                .toList());
        Optional<MetaKraftwerkException> failure = inVain().or(this::passing);
        if (failure.isPresent()) {
            throw failure.get();
        }
        return null;
    }

    private List<MetaKraftwerkException> failures() {
        return looks.stream().flatMap(look -> look.failure().stream()).toList();
    }

    private Optional<MetaKraftwerkException> passing() {
        return failures().stream().filter(MetaKraftwerkException::retryable).findFirst();
    }

    /**
     * Returns the failure that concerns the server as a whole, if there is one: it cannot be reached, or it or a proxy
     * refuses the credential.
     */
    private Optional<MetaKraftwerkException> inVain() {
        List<MetaKraftwerkException> failures = failures();
        boolean nothing = failures.size() == looks.size() && failures.stream().noneMatch(failure -> failure.is(403));
        return failures.stream()
                .filter(failure -> nothing || failure.effect() == Effect.NOT_SENT || failure.is(401, 407))
                .findFirst();
    }

    private CheckReport found() {
        CheckReportBuilder findings = new CheckReportBuilder(plan, knowsBuild);
        if (build != null) {
            findings.build(build);
        }
        if (build != null && patterns != null) {
            findings.contained(build, patterns);
        }
        if (patterns != null) {
            findings.pattern(patterns);
        }
        if (deployments != null) {
            findings.deployment(deployments);
        }
        if (agents != null) {
            findings.agent(agents);
        }
        if (groups != null) {
            findings.group(groups, online);
        }
        if (records != null) {
            findings.records(records);
        }
        return findings.report();
    }
}
