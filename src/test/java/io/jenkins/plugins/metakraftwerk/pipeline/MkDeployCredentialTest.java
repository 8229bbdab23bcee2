package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A credential that is refused is named, and looked up once more. */
class MkDeployCredentialTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @Test
    void namesTheCredentialOfTheServer() throws Exception {
        server.refuseToken(server.token());

        assertThat(Scripts.fail(jenkins, Scripts.DEPLOY))
                .contains("did not accept the credential (401")
                .contains("It is the credential 'mk-token' of the server itself, from the system store.");
    }

    @Test
    void namesTheCredentialOfTheJob() throws Exception {
        Setup.systemCredential(Setup.logIn(ACCOUNT_ID, "wrong"));

        assertThat(Scripts.fail(jenkins, "mkGetDeployment id: 1, credentialsId: '" + ACCOUNT_ID + "'"))
                .contains("401")
                .contains("It is the credential 'mk-account' that the job names.");
    }

    @Test
    void takesATokenThatWasRenewedWhileItWaited() throws Exception {
        Hold hold = server.hold("GET", "/api/v1/builds/5140");
        WorkflowRun run = Scripts.start(
                jenkins,
                Scripts.DEPLOY_AND_TELL.replace("5139", "5140").replace("\necho", ", waitForBuild: true\necho"));
        server.awaitRequest("GET", "/api/v1/builds/5140", 1, TestWaits.LIMIT);
        String renewed = StandInServer.jwt("{\"sub\":\"renewed\"}");
        server.acceptToken(renewed);
        server.refuseToken(server.token());
        Setup.systemCredential(Setup.secretText(TOKEN_ID, renewed));
        server.setBuild(5140, "FINISHED", 100, null);
        hold.release();

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

        assertThat(JenkinsRule.getLog(run)).contains("is 1 true");
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.header("Authorization")).isEqualTo("Bearer " + renewed));
    }
}
