package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.RecordId;
import io.jenkins.plugins.metakraftwerk.client.RemoteText;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads one build; after a restart it reads again. */
final class MkGetBuildExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final String id;

    MkGetBuildExecution(StepContext context, String id, String server, String credentialsId) {
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
        return new Reading<>(log, () -> client.build(wanted), found -> {
            log.accept(Text.of("builds.one", found.id(), RemoteText.name(found.status()), target().label()));
            return new FoundBuild(found);
        });
    }
}
