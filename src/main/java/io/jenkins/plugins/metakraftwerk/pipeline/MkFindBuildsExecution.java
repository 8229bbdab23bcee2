package io.jenkins.plugins.metakraftwerk.pipeline;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.metakraftwerk.client.Build;
import io.jenkins.plugins.metakraftwerk.client.BuildFilter;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Newest;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.deploy.AskedNames;
import io.jenkins.plugins.metakraftwerk.run.RunLog;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reads the builds that a filter lets through; after a restart it reads again. */
final class MkFindBuildsExecution extends MkStepExecution {

    private static final long serialVersionUID = 1L;

    private final String project;
    private final String projectId;
    private final String pattern;
    private final String patternId;
    private final String user;
    private final String userId;
    private final HashMap<String, String> releases;
    private final String status;
    private final int limit;

    MkFindBuildsExecution(StepContext context, MkFindBuildsStep step) {
        super(context, step.getServer(), step.getCredentialsId());
        project = step.getProject();
        projectId = step.getProjectId();
        pattern = step.getPattern();
        patternId = step.getPatternId();
        user = step.getUser();
        userId = step.getUserId();
        Map<String, String> given = step.getReleases();
        releases = given == null ? new HashMap<>() : new HashMap<>(given);
        status = step.getStatus();
        Integer most = step.getLimit();
        limit = most == null ? MkFindBuildsStep.DEFAULT_LIMIT : most;
    }

    private BuildFilter filter() throws MetaKraftwerkException {
        return BuildFilter.of()
                .project(project, projectId)
                .pattern(pattern, patternId)
                .user(user, userId)
                .releases(releases)
                .build();
    }

    @Override
    void check() throws MetaKraftwerkException {
        filter();
    }

    @Override
    Work prepare(Run<?, ?> build, TaskListener listener) throws AbortException, MetaKraftwerkException {
        BuildFilter filter = filter();
        MetaKraftwerkClient client = Connections.ofRun(build, target());
        RunLog log = new RunLog(listener, target());
        return new Reading<>(log, () -> find(client, filter), found -> {
            log.accept(found.said());
            return found.entries().stream().map(FoundBuild::new).collect(Collectors.toCollection(ArrayList::new));
        });
    }

    /** The API can filter neither by status nor by number. */
    private Collector<Build, ?, List<Build>> wanted() {
        return Collectors.filtering(
                build -> !build.isDeleted() && (status == null || status.equals(build.status())), Newest.of(limit));
    }

    private CompletableFuture<Found<Build>> find(MetaKraftwerkClient client, BuildFilter filter) {
        return Found.of(
                client.builds(filter, wanted()),
                client,
                AskedNames.of(filter),
                Text.of("builds.none", shown(filter), target().label()),
                count -> Text.of("builds.found", count, target().label()));
    }

    private Text shown(BuildFilter filter) {
        return status == null ? filter.text() : Text.of("filter.status", filter.text(), status);
    }
}
