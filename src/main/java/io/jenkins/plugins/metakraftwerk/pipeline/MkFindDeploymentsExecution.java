package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.BuildDeploymentFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads the build deployments that a filter lets through; after a restart it reads again. */
final class MkFindDeploymentsExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final String buildId;
    private final String pattern;
    private final String patternId;
    private final String deployment;
    private final String deploymentId;

    MkFindDeploymentsExecution(StepContext context, MkFindDeploymentsStep step) {
        super(context, step.getServer(), step.getCredentialsId());
        buildId = step.getBuildId();
        pattern = step.getPattern();
        patternId = step.getPatternId();
        deployment = step.getDeployment();
        deploymentId = step.getDeploymentId();
    }

    private BuildDeploymentFilter filter() throws MetaKraftwerkException {
        return BuildDeploymentFilter.of(buildId, pattern, patternId, deployment, deploymentId);
    }

    @Override
    void check() throws MetaKraftwerkException {
        filter();
    }

    @Override
    Work prepare(Run<?, ?> build, TaskListener listener) throws AbortException, MetaKraftwerkException {
        BuildDeploymentFilter filter = filter();
        MetaKraftwerkClient client = Connections.ofRun(build, target());
        RunLog log = new RunLog(listener, target());
        AskedNames asked = AskedNames.of(filter);
        return new Reading<>(log, () -> find(client, filter, asked), found -> {
            log.accept(found.said());
            return found.entries().stream()
                    .map(record -> BuildDeploymentResult.of(record, asked))
                    .collect(Collectors.toCollection(ArrayList::new));
        });
    }

    private CompletableFuture<Found<BuildDeployment>> find(
            MetaKraftwerkClient client, BuildDeploymentFilter filter, AskedNames asked) {
        return Found.of(
                client.find(filter),
                client,
                asked,
                Text.of("find.none", filter.text(), target().label()),
                count -> Text.of("find.found", count, target().label()));
    }
}
