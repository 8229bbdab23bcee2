package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RecordId;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads one build deployment; after a restart it reads again. */
final class MkGetDeploymentExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final String id;

    MkGetDeploymentExecution(StepContext context, String id, String server, String credentialsId) {
        super(context, server, credentialsId);
        this.id = id;
    }

    @Override
    void check() throws MetaKraftwerkException {
        RecordId.parse(id);
    }

    @Override
    Work prepare(Run<?, ?> build, TaskListener listener) throws AbortException, MetaKraftwerkException {
        long wanted = RecordId.parse(id);
        MetaKraftwerkClient client = Connections.ofRun(build, target());
        RunLog log = new RunLog(listener, target());
        return new Reading<>(log, () -> client.get(wanted), record -> {
            log.accept(Text.of("get.found", record.id(), record.buildId(), target().label()));
            return BuildDeploymentResult.of(record, AskedNames.NONE);
        });
    }
}
