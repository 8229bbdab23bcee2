package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;

/** What becomes of a trigger where Jenkins itself, or what a script gave it, is in trouble. */
class BuildFinishedTroubleTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    /** Another plugin, of which a class is missing. */
    @TestExtension
    public static final class Broken extends Queue.QueueDecisionHandler {

        private static volatile boolean broken;

        @Override
        public boolean shouldSchedule(Queue.Task task, List<Action> actions) {
            if (broken) {
                throw new NoClassDefFoundError("example/Missing");
            }
            return true;
        }
    }

    @AfterEach
    void repair() {
        Broken.broken = false;
    }

    private FreeStyleProject job() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
        return job;
    }

    /** A variable that nobody has set must not lead to another server than was meant. */
    @ParameterizedTest
    @ValueSource(strings = {"server: ''", "server: null", "server: env.NONE", "credentialsId: ' '"})
    void whatIsGivenAndEmptyIsNotTheDefault(String given) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "properties([pipelineTriggers([metaKraftwerkBuildFinished(spec: '" + TestPolls.SPEC + "', " + given
                        + ")])])",
                true));
        jenkins.buildAndAssertSuccess(job);
        assertThat(TestPolls.look(SHARED.time(), job))
                .singleElement()
                .asString()
                .startsWith("Could not look. " + given.replaceAll(":.*", "") + " is given, but empty.");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anErrorIsSaidAndTheNextLookComes() throws Exception {
        FreeStyleProject job = job();
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        Broken.broken = true;
        assertThat(TestPolls.look(SHARED.time(), job))
                .containsExactly("Could not look (NoClassDefFoundError): see the Jenkins log. "
                        + "This is tried again when the job is due.");
        Broken.broken = false;
        assertThat(TestPolls.look(SHARED.time(), job)).hasSize(2);
        assertThat(TestPolls.ids(job, 1)).containsExactly(RUNNING_BUILD);
    }

    @Test
    void whereAllThreadsHangOneLookOfAJobWaits() throws Exception {
        FreeStyleProject job = job();
        int asked = server.requests().size();
        int before = TestPolls.log(job).newest().size();
        try (BlockedThreads blocked = BlockedThreads.ofThePlugin()) {
            for (int i = 0; i < 100; i++) {
                ((BuildFinishedTrigger) TriggerSettings.forJob(job)).run();
            }
        }
        List<String> lines = TestPolls.awaitEntries(job, before + 1).get(0).lines();
        assertThat(lines.get(0)).isEqualTo("A look was due 99 times before, but no thread was free for it.");
        assertThat(lines.get(1)).startsWith("Saw 4 builds");
        assertThat(server.requests()).hasSize(asked + 1);
    }
}
