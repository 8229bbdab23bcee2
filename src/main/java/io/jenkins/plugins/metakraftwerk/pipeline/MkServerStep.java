package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** Base of all steps: the argument 'server'. Some steps are stored while they run. */
public abstract class MkServerStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private String server;
    private transient GivenArguments.Refusal refusal;

    @CheckForNull
    public String getServer() {
        return server;
    }

    /** @param server a name, or the reason why the step must refuse to start */
    @DataBoundSetter
    public void setServer(Object server) {
        if (server instanceof GivenArguments.Refusal found) {
            refusal = found;
        } else {
            this.server = StepArguments.text("server", server);
        }
    }

    @Override
    public final StepExecution start(StepContext context) throws MetaKraftwerkStepException {
        if (refusal != null) {
            throw new MetaKraftwerkStepException(refusal.reason(), false);
        }
        return execution(context);
    }

    abstract StepExecution execution(StepContext context);
}
