package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundSetter;

/** What all steps ask for: a server. Some are stored while they run. */
public abstract class MkServerStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private String server;
    private transient GivenArguments.Refusal refusal;

    @CheckForNull
    public String getServer() {
        return server;
    }

    /** @param server a name; what has to be refused when the step starts comes this way too */
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
