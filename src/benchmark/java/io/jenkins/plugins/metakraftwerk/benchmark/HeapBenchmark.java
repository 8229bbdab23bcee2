package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.tasks.LogRotator;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The heap of a controller that deploys ten thousand times and keeps only the last build. */
@WithJenkins
class HeapBenchmark {

    private static final int PER_BUILD = 100;
    private static final int WARM_UP = 12_000;
    private static final int ALL = Integer.getInteger("benchmark.deployments", 22_000);
    private static final long FIRST = 1_000_000;

    /** In bytes: less than the smallest object, so that nothing is kept for each deployment. */
    private static final long MOST_FOR_ONE = 16;

    @Test
    void tenThousandDeployments(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start()) {
            new Workbench(jenkins, server);
            FreeStyleProject project = project(jenkins);
            int done = 0;
            while (done < WARM_UP) {
                done = deploy(jenkins, project, done);
            }
            long early = heap(jenkins);
            while (done < ALL) {
                done = deploy(jenkins, project, done);
            }
            long late = heap(jenkins);
            new Figures("The heap after the garbage is collected, KiB")
                    .add("after " + WARM_UP + " deployments", "%d", early / 1024)
                    .add("after " + ALL + " deployments", "%d", late / 1024)
                    .add("more, per deployment, bytes", "%d", (late - early) / (ALL - WARM_UP))
                    .print();
            var seen = server.seen(FIRST, FIRST + ALL);
            assertThat(seen.records()).isEqualTo(ALL);
            assertThat(seen.builds()).isEqualTo(ALL);
            assertThat(late - early).isLessThan((ALL - WARM_UP) * MOST_FOR_ONE);
        }
    }

    private static long heap(JenkinsRule jenkins) throws InterruptedException {
        // Which holds each build for five minutes after it has begun, whatever was done in it.
        jenkins.jenkins.getQueue().clearLeftItems();
        return Figures.usedHeap();
    }

    private static FreeStyleProject project(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("PART")));
        project.setBuildDiscarder(new LogRotator(-1, 1, -1, -1));
        for (int i = 0; i < PER_BUILD; i++) {
            DeployBuilder builder = new DeployBuilder("${PART}" + "%02d".formatted(i));
            builder.setPattern(StandInDefaults.PATTERN);
            builder.setDeployment(StandInDefaults.DEV);
            project.getBuildersList().add(builder);
        }
        return project;
    }

    private static int deploy(JenkinsRule jenkins, FreeStyleProject project, int done) throws Exception {
        String part = String.valueOf((FIRST + done) / PER_BUILD);
        jenkins.assertBuildStatusSuccess(
                project.scheduleBuild2(0, new ParametersAction(new StringParameterValue("PART", part))));
        return done + PER_BUILD;
    }
}
