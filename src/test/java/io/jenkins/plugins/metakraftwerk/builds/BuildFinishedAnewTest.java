package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Triggers are stopped and started all the time, which is no removal: what finishes meanwhile starts the job, once. After a
 * restart it does so too, see {@link BuildFinishedRestartTest}.
 */
class BuildFinishedAnewTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject watching() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
        return job;
    }

    private void finishes() {
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
    }

    /** Also after the minute by which a removal is told, and however often it is due. */
    private void startsOnce(Job<?, ?> job) {
        SHARED.time().end(Duration.ofMinutes(1));
        TestPolls.look(SHARED.time(), job);
        TestPolls.look(SHARED.time(), job);
        TestWaits.until("a build that has been started", () -> !started(job).isEmpty());
        TestWaits.until("an end of it", () -> !job.isInQueue() && !job.isBuilding());
        assertThat(started(job)).containsExactly(RUNNING_BUILD);
        assertThat(TestPolls.log(job).newest().toString()).doesNotContain("removed");
    }

    private static List<Long> started(Job<?, ?> job) {
        return job.getBuilds().stream()
                .map(run -> run.getCause(BuildFinishedCause.class))
                .filter(Objects::nonNull)
                .map(BuildFinishedCause::getBuildId)
                .toList();
    }

    @Test
    void afterItsFormWasSaved() throws Exception {
        FreeStyleProject job = watching();
        TriggerSettings before = TriggerSettings.forJob(job);
        finishes();
        jenkins.configRoundtrip(job);
        assertThat(TriggerSettings.forJob(job)).isNotSameAs(before);
        startsOnce(job);
    }

    @Test
    void afterTheFormOfAPipelineWasSaved() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("", true));
        TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
        finishes();
        jenkins.configRoundtrip(job);
        startsOnce(job);
    }

    @Test
    void afterItsConfigurationWasSent() throws Exception {
        FreeStyleProject job = watching();
        finishes();
        job.updateByXml(
                (Source) new StreamSource(new StringReader(job.getConfigFile().asString())));
        startsOnce(job);
    }

    @Test
    void afterItWasReadAnewFromTheDisk() throws Exception {
        FreeStyleProject job = watching();
        finishes();
        job.doReload();
        startsOnce(job);
    }

    /** Every job is another object then. */
    @Test
    void afterAllOfJenkinsWasReadAnewFromTheDisk() throws Exception {
        String name = watching().getFullName();
        finishes();
        jenkins.jenkins.reload();
        startsOnce(jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class));
    }

    @Test
    void afterItWasReplacedByTwoSaves() throws Exception {
        FreeStyleProject job = watching();
        finishes();
        job.removeTrigger(((Trigger<?>) TriggerSettings.forJob(job)).getDescriptor());
        assertThat(SHARED.time().waiting()).contains(Duration.ofMinutes(1));
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(TestPolls.SPEC);
        job.addTrigger((Trigger) trigger);
        trigger.start(job, true);
        startsOnce(job);
    }

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.buildAndAssertSuccess(job);
        TestPolls.awaitEntries(job, 1);
        return job;
    }

    @Test
    void afterAPipelineHasMadeItAnew() throws Exception {
        WorkflowJob job = pipeline(
                "properties([pipelineTriggers([metaKraftwerkBuildFinished(spec: '" + TestPolls.SPEC + "')])])");
        finishes();
        jenkins.buildAndAssertSuccess(job);
        startsOnce(job);
    }

    /** As where a library and a script take turns. */
    @Test
    void afterAPipelineHasRemovedItAndMadeItAnewInOneRun() throws Exception {
        WorkflowJob job = pipeline("properties([])\n"
                + "properties([pipelineTriggers([metaKraftwerkBuildFinished(spec: '" + TestPolls.SPEC + "')])])");
        finishes();
        jenkins.buildAndAssertSuccess(job);
        startsOnce(job);
    }

    @Test
    void afterADeclarativePipelineHasMadeItAnew() throws Exception {
        WorkflowJob job = pipeline("""
                pipeline {
                    agent none
                    triggers { metaKraftwerkBuildFinished(spec: '%s') }
                    stages { stage('Tell') { steps { echo 'here' } } }
                }
                """.formatted(TestPolls.SPEC));
        finishes();
        jenkins.buildAndAssertSuccess(job);
        startsOnce(job);
    }
}
