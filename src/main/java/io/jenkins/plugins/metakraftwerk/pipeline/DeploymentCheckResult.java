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

/** What a check of a deployment has found, as scripts see it. Each list that a script gets is its own. */
public final class DeploymentCheckResult implements Serializable {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;
    private final ArrayList<String> warnings;
    private final BuildDeploymentResult lastDeployment;

    private DeploymentCheckResult(CheckReport report, RequestedNames asked) {
        problems = texts(report, Kind.PROBLEM);
        warnings = texts(report, Kind.WARNING);
        // Who carried that one out was not asked for by name.
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

    /** Why the deployment would fail, a sentence each; empty where nothing is in its way. */
    @Whitelisted
    public List<String> getProblems() {
        return new ArrayList<>(problems);
    }

    /** What somebody should know before it is sent. */
    @Whitelisted
    public List<String> getWarnings() {
        return new ArrayList<>(warnings);
    }

    /** Of whatever build; null where nothing was deployed there, or where that could not be read. */
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
