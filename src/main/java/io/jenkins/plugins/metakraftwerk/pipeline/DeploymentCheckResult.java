package io.jenkins.plugins.metakraftwerk.pipeline;

import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** Result of a check of a deployment, as scripts see it. Each call returns a list of its own. */
public final class DeploymentCheckResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;
    private final ArrayList<String> warnings;
    private final BuildDeploymentResult lastDeployment;

    private DeploymentCheckResult(CheckReport report, RequestedNames asked) {
        problems = texts(report, Kind.PROBLEM);
        warnings = texts(report, Kind.WARNING);
        // The agent of that deployment was not asked for by name.
        RequestedNames there =
                new RequestedNames(asked.pattern(), asked.patternId(), asked.deployment(), null, null, null);
        lastDeployment = report.last() == null ? null : BuildDeploymentResult.from(report.last(), there);
    }

    static DeploymentCheckResult from(CheckReport report, RequestedNames asked) {
        return new DeploymentCheckResult(report, asked);
    }

    private static ArrayList<String> texts(CheckReport report, Kind kind) {
        return report.texts(kind).stream().map(Text::toString).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns why the deployment would fail, one sentence each. Empty if nothing prevents it. */
    @Whitelisted
    public List<String> getProblems() {
        return new ArrayList<>(problems);
    }

    /** Returns what the user should know before sending, one sentence each. */
    @Whitelisted
    public List<String> getWarnings() {
        return new ArrayList<>(warnings);
    }

    /** Returns the last deployment of any build at the target. Null if there is none, or it could not be read. */
    @Whitelisted
    public BuildDeploymentResult getLastDeployment() {
        return lastDeployment;
    }

    @Override
    public String toString() {
        return "DeploymentCheck[problems=" + problems + ", warnings=" + warnings + ", lastDeployment=" + lastDeployment
                + "]";
    }
}
