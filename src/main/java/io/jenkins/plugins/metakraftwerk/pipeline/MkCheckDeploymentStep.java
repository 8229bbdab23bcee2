package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Kind;
import io.jenkins.plugins.metakraftwerk.deploy.CheckReport.Line;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentCheck;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.TargetCheck;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Step {@code mkCheckDeployment}: checks if a deployment could be sent. It sends nothing. */
public class MkCheckDeploymentStep extends MkDeploymentStep implements ReadingStep {

    private static final long serialVersionUID = 1L;
    private static final String FAIL_ON_PROBLEMS = "failOnProblems";

    private boolean failOnProblems = true;

    /** @param buildId a positive whole number, as a number or a text */
    @DataBoundConstructor
    public MkCheckDeploymentStep(Object buildId) {
        super(buildId);
    }

    public boolean isFailOnProblems() {
        return failOnProblems;
    }

    @DataBoundSetter
    public void setFailOnProblems(Object failOnProblems) {
        this.failOnProblems = StepArguments.flag(FAIL_ON_PROBLEMS, failOnProblems);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new ReadingExecution(context, this);
    }

    @Override
    public void check() throws MetaKraftwerkException {
        fields().request();
    }

    @Override
    public ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log) throws MetaKraftwerkException {
        DeploymentPlan plan = fields().plan(
                        target.label(), MetaKraftwerkGlobalConfiguration.get().retryLimit());
        ReadRetries retries = ReadingWork.repeats(log);
        return new ReadingWork<>(
                TargetCheck.prepare(
                        target,
                        () -> Connections.ofRun(build, target),
                        client -> new DeploymentCheck(plan, client, retries, ReadingWork.WORK)::report),
                report -> {
                    report.lines().stream().map(Line::said).forEach(log);
                    return result(report, plan);
                });
    }

    private DeploymentCheckResult result(CheckReport report, DeploymentPlan plan) {
        String problems =
                report.texts(Kind.PROBLEM).stream().map(Text::toString).collect(Collectors.joining(" "));
        if (failOnProblems && !problems.isEmpty()) {
            String reason = Text.forKey("check.notReady", problems).toString();
            throw new CompletionException(new MetaKraftwerkStepException(reason, false));
        }
        return DeploymentCheckResult.from(report, RequestedNames.from(plan.request()));
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super("mkCheckDeployment", Messages::check_displayName);
        }

        /** Passes on a cleared box, which would otherwise count as not given. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 request, @NonNull JSONObject form) throws FormException {
            boolean off = !form.optBoolean(FAIL_ON_PROBLEMS, true);
            Step step = super.newInstance(request, form);
            if (off && step instanceof MkCheckDeploymentStep check) {
                check.setFailOnProblems(false);
            }
            return step;
        }
    }
}
