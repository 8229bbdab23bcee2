package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Agent;
import io.jenkins.plugins.metakraftwerk.client.AgentGroup;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.Deployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.Identified;
import io.jenkins.plugins.metakraftwerk.client.Pattern;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes findings of the values that were read. A question that they leave open gets no line. */
final class CheckReportBuilder {

    /** Newest records of a pattern and deployment: of the build of the plan, and of any build. */
    record Records(Optional<BuildDeployment> own, Optional<BuildDeployment> last) {}

    private final DeploymentPlan plan;
    private final DeploymentRequest request;
    private final List<Line> lines = new ArrayList<>();
    private final boolean knowsBuild;
    private BuildDeployment last;

    /**
     * False if the pattern or the deployment is missing on the server. Then nothing can be told of what belongs to it.
     */
    private boolean patternMayBe = true;

    private boolean deploymentMayBe = true;

    /** @param knowsBuild true if the build of the plan is the one that will be deployed */
    CheckReportBuilder(DeploymentPlan plan, boolean knowsBuild) {
        this.plan = plan;
        this.knowsBuild = knowsBuild;
        request = plan.request();
    }

    CheckReport report() {
        return new CheckReport(lines, last);
    }

    private void say(Kind kind, Text text) {
        lines.add(new Line(kind, text));
    }

    /** Returns the value that was read, or adds a warning if the read failed. */
    private <T> Optional<T> read(CheckRead<T> result) {
        if (result.found().isEmpty()) {
            say(Kind.WARNING, result.unread());
        }
        return result.found();
    }

    void build(CheckRead<Optional<Build>> result) {
        read(result)
                .ifPresent(found -> found.ifPresentOrElse(
                        this::build, () -> say(Kind.PROBLEM, Text.forKey("check.noBuild", request.buildId()))));
    }

    private void build(Build build) {
        if (BuildCheck.refusal(build) != null) {
            say(Kind.PROBLEM, BuildCheck.refusal(build).text());
        } else if (build.finished()) {
            say(Kind.OK, Text.forKey("wait.finished", build.id()));
        } else if (!build.unfinished()) {
            say(Kind.WARNING, Text.forKey("build.unknown", build.id(), RemoteText.name(build.status())));
        } else if (plan.waitForBuild()) {
            long minutes = plan.waitLimit().toMinutes();
            say(Kind.WARNING, Text.forKey("check.wouldWait", build.id(), BuildWait.progress(build), minutes));
        } else {
            say(Kind.PROBLEM, Text.forKey("build.unfinished", build.id()));
        }
    }

    /**
     * Compares the pattern with the patterns that the build ran. Adds no line if the server lists no patterns of the
     * build, or if the id of the pattern is not known.
     */
    void contained(CheckRead<Optional<Build>> result, CheckRead<List<Pattern>> patterns) {
        List<Long> ran =
                result.found().flatMap(found -> found).map(Build::patterns).orElse(List.of());
        List<Long> wanted = request.patternId() != null
                ? List.of(request.patternId())
                : matching(patterns).stream().map(Pattern::id).toList();
        if (ran.isEmpty() || wanted.isEmpty()) {
            return;
        }
        if (wanted.stream().anyMatch(ran::contains)) {
            say(Kind.OK, Text.forKey("check.contains", request.buildId(), request.patternLabel()));
        } else {
            say(Kind.PROBLEM, Text.forKey("check.containsNot", request.buildId(), request.patternLabel()));
        }
    }

    /** Returns all versions of the pattern: they share one name. */
    private List<Pattern> matching(CheckRead<List<Pattern>> result) {
        return matching(result.found().orElse(List.of()), Pattern::name, request.pattern(), request.patternId());
    }

    private static <T extends Identified> List<T> matching(
            List<T> all, Function<T, String> nameOf, String name, Long id) {
        return all.stream()
                .filter(one ->
                        name == null ? one.id().equals(id) : nameOf.apply(one).equals(name))
                .toList();
    }

    /** Returns the text for a missing name or id. For a name, it lists similar names. */
    private static <T> Text missing(
            String kind, String name, Long id, List<T> all, Function<T, String> nameOf, Predicate<T> usable) {
        return name == null
                ? Text.forKey("check.noId", Text.forKey(kind), id)
                : UnknownNames.unknown(
                        kind, name, all.stream().filter(usable).map(nameOf).toList());
    }

    void pattern(CheckRead<List<Pattern>> result) {
        read(result).ifPresent(all -> {
            List<Pattern> found = matching(result);
            patternMayBe = !found.isEmpty();
            if (found.isEmpty()) {
                say(
                        Kind.PROBLEM,
                        missing(
                                "names.pattern",
                                request.pattern(),
                                request.patternId(),
                                all,
                                Pattern::name,
                                Pattern::usable));
            } else if (found.stream().anyMatch(Pattern::usable)) {
                say(Kind.OK, Text.forKey("check.pattern", request.patternLabel()));
            } else {
                Pattern pattern = found.get(0);
                unusable("names.pattern", request.patternLabel(), pattern.deleted(), pattern.disabled());
                if (Boolean.FALSE.equals(pattern.active())) {
                    say(
                            Kind.PROBLEM,
                            Text.forKey("check.inactive", Text.forKey("names.pattern"), request.patternLabel()));
                }
            }
        });
    }

    private void unusable(String kind, String label, Boolean deleted, Boolean disabled) {
        if (Boolean.TRUE.equals(deleted)) {
            say(Kind.PROBLEM, Text.forKey("check.deleted", Text.forKey(kind), label));
        }
        if (Boolean.TRUE.equals(disabled)) {
            say(Kind.PROBLEM, Text.forKey("check.disabled", Text.forKey(kind), label));
        }
    }

    /** The list has only the deployments of the pattern. A deployment has no marks such as deleted or disabled. */
    void deployment(CheckRead<List<Deployment>> result) {
        if (!patternMayBe) {
            return;
        }
        read(result).ifPresent(all -> {
            deploymentMayBe = !matching(all, Deployment::name, request.deployment(), request.deploymentId())
                    .isEmpty();
            if (deploymentMayBe) {
                say(Kind.OK, Text.forKey("check.deployment", request.patternLabel(), request.deploymentLabel()));
            } else if (request.deployment() == null) {
                say(Kind.PROBLEM, Text.forKey("check.noDeployment", request.patternLabel(), request.deploymentId()));
            } else {
                say(
                        Kind.PROBLEM,
                        missing("names.deployment", request.deployment(), null, all, Deployment::name, any -> true));
            }
        });
    }

    void agent(CheckRead<List<Agent>> result) {
        read(result).ifPresent(all -> {
            List<Agent> found = matching(all, Agent::name, request.agent(), request.agentId());
            if (found.isEmpty()) {
                say(
                        Kind.PROBLEM,
                        missing("names.agent", request.agent(), request.agentId(), all, Agent::name, Agent::usable));
            } else if (found.stream().noneMatch(Agent::usable)) {
                Agent agent = found.get(0);
                unusable("names.agent", request.agentLabel(), agent.deleted(), agent.disabled());
            } else if (isAnyOnline(found)) {
                say(Kind.OK, Text.forKey("check.agent", request.agentLabel()));
            } else {
                say(Kind.WARNING, Text.forKey("check.agentOffline", request.agentLabel()));
            }
        });
    }

    private static boolean isAnyOnline(List<Agent> agents) {
        return agents.stream().anyMatch(agent -> agent.usable() && Boolean.TRUE.equals(agent.online()));
    }

    void group(CheckRead<List<AgentGroup>> result, CheckRead<List<Agent>> online) {
        Optional<List<AgentGroup>> groups = read(result);
        boolean groupMayBe = groups.map(
                        all -> matching(all, AgentGroup::name, request.agentGroup(), request.agentGroupId()))
                .map(found -> !found.isEmpty())
                .orElse(true);
        if (!groupMayBe) {
            say(
                    Kind.PROBLEM,
                    missing(
                            "names.group",
                            request.agentGroup(),
                            request.agentGroupId(),
                            groups.orElseThrow(),
                            AgentGroup::name,
                            any -> true));
            return;
        }
        read(online).ifPresent(agents -> {
            if (isAnyOnline(agents)) {
                say(Kind.OK, Text.forKey("check.group", request.agentGroupLabel()));
            } else {
                say(Kind.WARNING, Text.forKey("check.groupOffline", request.agentGroupLabel()));
            }
        });
    }

    void records(CheckRead<Records> result) {
        if (!patternMayBe || !deploymentMayBe) {
            return;
        }
        read(result).ifPresent(records -> {
            last = records.last().orElse(null);
            say(
                    Kind.OK,
                    last == null ? Text.forKey("check.nothing") : Text.forKey("check.last", last.buildId(), last.id()));
            records.own()
                    .filter(own -> knowsBuild)
                    .ifPresent(own -> say(
                            plan.skips() ? Kind.OK : Kind.WARNING,
                            Text.forKey("check.again", request.buildId(), own.id())));
        });
    }
}
