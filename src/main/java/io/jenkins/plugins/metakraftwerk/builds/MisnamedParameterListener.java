package io.jenkins.plugins.metakraftwerk.builds;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Environment;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.util.Optional;

/**
 * Tells builds that a parameter of their job has a forbidden name. A stored job or a script can have one. A freestyle
 * build ends, since its steps would read the variable of Jenkins instead. A Pipeline goes on, since only a run of it
 * can rename the parameter.
 */
@Extension
public final class MisnamedParameterListener extends RunListener<Run<?, ?>> {

    @Override
    public void onStarted(Run<?, ?> run, TaskListener listener) {
        if (!(run instanceof AbstractBuild)) {
            complaint(run)
                    .ifPresent(complaint -> listener.getLogger().println(Messages.parameter_withoutValue(complaint)));
        }
    }

    @Override
    @NonNull
    @SuppressWarnings("rawtypes")
    public Environment setUpEnvironment(AbstractBuild build, Launcher launcher, BuildListener listener)
            throws AbortException {
        Optional<String> complaint = complaint(build);
        if (complaint.isPresent()) {
            throw new AbortException(complaint.get());
        }
        return new Environment() {};
    }

    private static Optional<String> complaint(Run<?, ?> run) {
        ParametersDefinitionProperty parameters = run.getParent().getProperty(ParametersDefinitionProperty.class);
        return parameters == null
                ? Optional.empty()
                : parameters.getParameterDefinitions().stream()
                        .filter(BuildParameterDefinition.class::isInstance)
                        .flatMap(parameter -> ParameterName.complaint(parameter.getName()).stream())
                        .findFirst();
    }
}
