package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RecordId;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.form.FieldChecks;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The step {@code mkGetDeployment}: one build deployment by its id. */
public class MkGetDeploymentStep extends MkStep implements ReadingStep {

    private static final long serialVersionUID = 1L;

    private final String id;

    /** @param id a positive whole number, as a number or as a text */
    @DataBoundConstructor
    public MkGetDeploymentStep(Object id) {
        this.id = Arguments.id("id", id);
    }

    @CheckForNull
    public String getId() {
        return id;
    }

    @Override
    StepExecution execution(StepContext context) {
        return new ReadingExecution(context, this);
    }

    @Override
    public void check() throws MetaKraftwerkException {
        RecordId.parse(id);
    }

    @Override
    public Reading<?> reading(Run<?, ?> build, Target target, RunLog log)
            throws AbortException, MetaKraftwerkException {
        long wanted = RecordId.parse(id);
        MetaKraftwerkClient client = Connections.ofRun(build, target);
        return new Reading<>(log, () -> client.get(wanted), record -> {
            log.accept(Text.of("get.found", record.id(), record.buildId(), target.label()));
            return BuildDeploymentResult.of(record, AskedNames.NONE);
        });
    }

    @Extension
    public static class DescriptorImpl extends MkStepDescriptor {

        public DescriptorImpl() {
            super("mkGetDeployment", Messages::get_displayName);
        }

        @POST
        // lgtm[jenkins/no-permission-check] It judges the text that it is given, and looks nothing up.
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }
    }
}
