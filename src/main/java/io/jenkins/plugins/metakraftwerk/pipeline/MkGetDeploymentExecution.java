package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.DeploymentId;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.config.MetaKraftwerkServer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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
        DeploymentId.parse(id);
    }

    @Override
    CompletableFuture<?> run(
            Run<?, ?> build, MetaKraftwerkServer server, MetaKraftwerkClient client, Consumer<Text> log)
            throws MetaKraftwerkException {
        long wanted = DeploymentId.parse(id);
        return reading(log, () -> client.get(wanted)).thenApply(record -> {
            log.accept(Text.of("get.found", record.id(), record.buildId(), server.label()));
            return BuildDeploymentResult.of(record);
        });
    }
}
