package io.jenkins.plugins.metakraftwerk.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;

/** Gives the id of the last build deployment to later steps of the same build. */
public class DeploymentVariable extends InvisibleAction implements EnvironmentContributingAction {

    static final String NAME = "MK_DEPLOYMENT_ID";

    private final long id;

    DeploymentVariable(long id) {
        this.id = id;
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars variables) {
        variables.put(NAME, Long.toString(id));
    }
}
