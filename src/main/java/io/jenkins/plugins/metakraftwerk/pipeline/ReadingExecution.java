package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Runs a step that only reads. After a restart it reads again. */
final class ReadingExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final ReadingStep step;

    <S extends MkStep & ReadingStep> ReadingExecution(StepContext context, S step) {
        super(context, step.getServer(), step.getCredentialsId());
        this.step = step;
    }

    @Override
    void check() throws MetaKraftwerkException {
        step.check();
    }

    @Override
    StepWork prepare(Run<?, ?> build, TaskListener listener) throws AbortException, MetaKraftwerkException {
        return step.reading(build, target(), new RunLog(listener, target()));
    }
}
