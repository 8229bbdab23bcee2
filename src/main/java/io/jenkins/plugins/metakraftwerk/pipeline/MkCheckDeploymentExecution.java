package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Line;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentCheck;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.CheckOnTarget;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Checks a deployment, and says what it finds; after a restart it checks again. */
final class MkCheckDeploymentExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final DeploymentFields fields;
    private final boolean failOnProblems;

    MkCheckDeploymentExecution(
            StepContext context, DeploymentFields fields, boolean failOnProblems, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.fields = fields;
        this.failOnProblems = failOnProblems;
    }

    @Override
    void check() throws MetaKraftwerkException {
        fields.request();
    }

    @Override
    Work prepare(Run<?, ?> build, TaskListener listener) throws MetaKraftwerkException {
        DeploymentPlan plan = fields.plan(
                target().label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
        RunLog log = new RunLog(listener, target());
        return new Reading<CheckReport>(
                log,
                report -> {
                    report.lines().stream().map(Line::said).forEach(log);
                    return answer(report, plan);
                },
                retries -> CheckOnTarget.run(
                        target(),
                        () -> Connections.ofRun(build, target()),
                        client -> new DeploymentCheck(plan, client, retries).start()));
    }

    private DeploymentCheckResult answer(CheckReport report, DeploymentPlan plan) {
        String problems =
                report.texts(Kind.PROBLEM).stream().map(Text::toString).collect(Collectors.joining(" "));
        if (failOnProblems && !problems.isEmpty()) {
            String reason = Text.of("check.notReady", problems).toString();
            throw new CompletionException(new MetaKraftwerkStepException(reason, false));
        }
        return DeploymentCheckResult.of(report, AskedNames.of(plan.request()));
    }
}
