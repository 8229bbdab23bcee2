package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build keeps for its deployments, where Jenkins does not save its program while it runs. */
class MkDeployKeptStatesTest {

    private static final FlowDurabilityHint FAST = FlowDurabilityHint.PERFORMANCE_OPTIMIZED;

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @Test
    void isNothingOnceTheyHaveEnded() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.start(
                    server,
                    jenkins,
                    "for (int i = 0; i < 3; i++) { " + Scripts.DEPLOY + " }\n" + "catchError(buildResult: 'SUCCESS') { "
                            + Scripts.DEPLOY + ", agent: 'nobody' }",
                    FAST);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

            assertThat(server.deployments()).hasSize(3);
            assertThat(run.getAction(KeptStates.class)).isNotNull();
            assertThat(run.getAction(KeptStates.class).isEmpty()).isTrue();
        });
    }

    /** Jenkins has saved the program with the step when it stopped, and a crash may bring that back. */
    @Test
    void isTheOutcomeOfOneThatASavedProgramKnowsAsUnfinished() throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, FAST);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        });
        hold.release();

        sessions.then(jenkins -> {
            Scripts.assertDeployedOnce(server, jenkins);
            assertThat(Scripts.onlyRun().getAction(KeptStates.class).isEmpty()).isFalse();
            assertThat(JenkinsRule.getLog(Scripts.onlyRun())).contains("is 1 true");
        });
    }
}
