package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.Map;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A controller that is restarted in good order while a deployment is in each of its states. The stand-in server lives on,
 * and so do, since all is one process here, the requests that the earlier session left behind.
 */
class MkDeployRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    /** Starts a run, and returns when it waits. */
    private void waitForTheBuild(JenkinsRule jenkins, FlowDurabilityHint durability) throws Exception {
        WorkflowRun run = Scripts.start(
                server,
                jenkins,
                Scripts.DEPLOY_AND_TELL.replace("5139", "5140").replace("\necho", ", waitForBuild: true\necho"),
                durability);
        jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void waitsOnForTheBuild(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> waitForTheBuild(jenkins, durability));
        server.setBuild(5140, "FINISHED", 100, null);

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
    }

    /** The permission counts that there is when it would send. */
    @ParameterizedTest
    @ValueSource(strings = {"frozen", "no longer lent"})
    void whatWasTakenAwayMeanwhileIsNotUsed(String change) throws Throwable {
        boolean frozen = change.equals("frozen");
        sessions.then(jenkins -> {
            waitForTheBuild(jenkins, FlowDurabilityHint.MAX_SURVIVABILITY);
            MetaKraftwerkServer now = Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID);
            now.setFrozen(frozen ? "Quarter end" : null);
            now.setUsageRestricted(!frozen);
            Setup.servers(now);
        });
        server.setBuild(5140, "FINISHED", 100, null);
        if (!frozen) {
            sessions.time().holdAll();
        }

        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.onlyRun();
            if (!frozen) {
                StepsInEachState.waitInVain(jenkins, run, sessions.time());
            }
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains(
                    frozen ? "is frozen, so nothing is deployed" : "does not lend its credential", run);
            assertThat(server.deployments()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void sendsWhatWasPlanned(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("GET", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });
        // The session that is over hears the answer now, and must not act on it.
        hold.release();

        sessions.then(jenkins -> Scripts.assertDeployedOnce(server, jenkins));
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void looksForWhatWasBeingSent(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });

        sessions.then(jenkins -> {
            jenkins.waitForMessage("Looking for its record instead of sending again", Scripts.onlyRun());
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 2, TestWaits.LIMIT);
            hold.release();
            Scripts.assertDeployedOnce(server, jenkins);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void adoptsWhatWasSentAndNotAnswered(FlowDurabilityHint durability) throws Throwable {
        Hold hold = server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, durability);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });
        hold.release();

        sessions.then(jenkins -> {
            Scripts.assertDeployedOnce(server, jenkins);
            assertThat(JenkinsRule.getLog(Scripts.onlyRun())).containsIgnoringCase("build deployment 1 ");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MAX_SURVIVABILITY", "PERFORMANCE_OPTIMIZED"})
    void keepsTheResultOfWhatIsDone(FlowDurabilityHint durability) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.start(
                    server,
                    jenkins,
                    "def r = " + Scripts.DEPLOY + ", agentGroup: 'DEV_AGENTS'\nsemaphore 'done'\n"
                            + "echo \"is ${r.id} ${r.created}\"\n"
                            + "echo \"all ${[r.buildId, r.patternId, r.deploymentId, r.uploadId, r.agentId, r.agentGroupId]}\"",
                    durability);
            SemaphoreStep.waitForStart("done/1", run);
        });

        sessions.then(jenkins -> {
            SemaphoreStep.success("done/1", null);
            Scripts.assertDeployedOnce(server, jenkins);
            assertThat(JenkinsRule.getLog(Scripts.onlyRun())).contains("all [5139, 11, 21, 7001, null, 41]");
        });
    }

    @Test
    void sendsAfterARefusalThatARestartInterrupted() throws Throwable {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(429, "Too many", "Retry-After", "60"));
        sessions.then(jenkins -> jenkins.waitForMessage(
                "trying again in 60 s",
                Scripts.start(server, jenkins, Scripts.DEPLOY_AND_TELL, FlowDurabilityHint.MAX_SURVIVABILITY)));

        sessions.then(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
            assertThat(server.deployments()).hasSize(1);
        });
    }

    @Test
    void givesEachBranchARecordOfItsOwn() throws Throwable {
        Hold[] holds = {
            server.holdAnswer("POST", BUILD_DEPLOYMENTS),
            server.holdAnswer("POST", BUILD_DEPLOYMENTS),
            server.holdAnswer("POST", BUILD_DEPLOYMENTS)
        };
        sessions.then(jenkins -> {
            String branch = ": { echo \"is ${(" + Scripts.DEPLOY.replace("mkDeploy ", "mkDeploy(") + ")).id}\" }";
            Scripts.start(
                    server,
                    jenkins,
                    "parallel a" + branch + ", b" + branch + ", c" + branch,
                    FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 3, TestWaits.LIMIT);
        });
        for (Hold hold : holds) {
            hold.release();
        }

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(JenkinsRule.getLog(run)).contains("is 1", "is 2", "is 3");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(3);
            assertThat(server.deployments()).hasSize(3);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            build_deployments/1 | mkGetDeployment(id: 1).buildId                                              | 5139
            build_deployments   | mkFindDeployments(buildId: 5139, patternId: 11).size()                      | 1
            builds/5141         | mkGetBuild(5141).status                                                     | FAILED
            builds              | mkFindBuilds(releases: [DWH_GROUP: 'R1'], status: 'FAILED', limit: 1)[0].id | 5141
            builds/5141         | mkCheckDeployment(buildId: 5141, patternId: 11, deploymentId: 21,\
             failOnProblems: false).problems.size()                                                           | 1
            """)
    void readsAgainWhatWasBeingRead(String path, String read, String answer) throws Throwable {
        server.addBuildDeployment(5139, 11, 21, null, null);
        server.addBuildDeployment(5140, 12, 31, null, null);
        server.setReleases(5141, Map.of("DWH_GROUP", "R1"));
        String api = BUILD_DEPLOYMENTS.replace("build_deployments", path);
        server.hold("GET", api);
        sessions.then(jenkins -> {
            Scripts.start(server, jenkins, "echo \"is ${" + read + "}\"", FlowDurabilityHint.MAX_SURVIVABILITY);
            server.awaitRequest("GET", api, 1, TestWaits.LIMIT);
        });

        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(JenkinsRule.getLog(run)).contains("is " + answer);
        });
    }
}
