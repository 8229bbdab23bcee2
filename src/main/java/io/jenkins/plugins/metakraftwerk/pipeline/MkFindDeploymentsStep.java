package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.RequestedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Step {@code mkFindDeployments}: returns the build deployments that pass all filters, by ascending id. */
public class MkFindDeploymentsStep extends MkTargetStep implements ReadingStep {

    private static final long serialVersionUID = 1L;

    private String buildId;

    @DataBoundConstructor
    public MkFindDeploymentsStep() {
        // Every filter is optional.
    }

    @CheckForNull
    public String getBuildId() {
        return buildId;
    }

    @DataBoundSetter
    public void setBuildId(Object buildId) {
        this.buildId = StepArguments.id("buildId", buildId);
    }

    @Override
    StepExecution execution(StepContext context) {
        return new ReadingExecution(context, this);
    }

    private BuildDeploymentFilter filter() throws MetaKraftwerkException {
        return BuildDeploymentFilter.parse(buildId, getPattern(), getPatternId(), getDeployment(), getDeploymentId());
    }

    @Override
    public void check() throws MetaKraftwerkException {
        filter();
    }

    @Override
    public ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log)
            throws AbortException, MetaKraftwerkException {
        BuildDeploymentFilter filter = filter();
        MetaKraftwerkClient client = Connections.ofRun(build, target);
        RequestedNames asked = RequestedNames.from(filter);
        Text none = Text.forKey("find.none", filter.text(), target.label());
        return ReadingWork.repeated(
                log,
                () -> FilteredList.read(
                        server -> server.find(filter),
                        client,
                        asked,
                        none,
                        count -> Text.forKey("find.found", count, target.label())),
                found -> {
                    log.accept(found.said());
                    return found.entries().stream()
                            .map(record -> BuildDeploymentResult.from(record, asked))
                            .collect(Collectors.toCollection(ArrayList::new));
                });
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super("mkFindDeployments", Messages::find_displayName);
        }
    }
}
