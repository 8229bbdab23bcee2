package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RequiredId;
import io.jenkins.plugins.metakraftwerk.form.FieldChecks;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.function.Supplier;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Base of the steps that read one record by its id. */
public abstract class MkGetStep extends MkStep implements ReadingStep {

    private static final long serialVersionUID = 1L;

    private final String id;

    /** @param id a positive whole number, as a number or a text */
    MkGetStep(Object id) {
        this.id = StepArguments.id("id", id);
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
        RequiredId.parse(id);
    }

    @Override
    public ReadingWork<?> reading(Run<?, ?> build, Target target, RunLog log)
            throws AbortException, MetaKraftwerkException {
        long wanted = RequiredId.parse(id);
        return reading(wanted, Connections.ofRun(build, target), target, log);
    }

    abstract ReadingWork<?> reading(long wanted, MetaKraftwerkClient client, Target target, RunLog log);

    /** Checks the id in the form. */
    public abstract static class GetDescriptor extends MkStepDescriptor {

        GetDescriptor(String functionName, Supplier<String> displayName) {
            super(functionName, displayName);
        }

        @POST
        // lgtm[jenkins/no-permission-check] Checks only the given text and looks nothing up.
        public FormValidation doCheckId(@QueryParameter String value) {
            return FieldChecks.inScript().id(value);
        }
    }
}
