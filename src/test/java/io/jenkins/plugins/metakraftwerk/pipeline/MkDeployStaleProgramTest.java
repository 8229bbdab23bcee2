package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What the ledger knows of a deployment where Jenkins does not save the program while it runs. */
class MkDeployStaleProgramTest {

    private static final FlowDurabilityHint FAST = FlowDurabilityHint.PERFORMANCE_OPTIMIZED;

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    /** Jenkins has saved the program with the step when it stopped, and a crash may bring that back. */
    @Test
    void itHasTheOutcomeOfOneThatASavedProgramKnowsAsUnfinished() throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, FAST);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });
        hold.release();

        sessions.then(jenkins -> {
            Scripts.assertDeployedOnce(server, jenkins);
            assertThat(JenkinsRule.getLog(Scripts.onlyRun())).contains("is 1 true");
        });
    }
}
