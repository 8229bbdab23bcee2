package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import org.kohsuke.stapler.DataBoundSetter;

/** Base of the steps that send requests: the argument 'credentialsId'. */
public abstract class MkStep extends MkServerStep {

    private static final long serialVersionUID = 1L;

    private String credentialsId;

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = StepArguments.text("credentialsId", credentialsId);
    }
}
