package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** A server lends to a branch, and whoever opens a pull request brings a Jenkinsfile of their own. */
class LendingToBranchesTest {

    private static final byte[] JENKINSFILE = """
            mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_PROD'
            """.getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private WorkflowMultiBranchProject app;

    @BeforeEach
    void lendToMain() throws Exception {
        app = jenkins.createProject(WorkflowMultiBranchProject.class);
        Setup.servers(Setup.restricted("main", server.url(), Setup.TOKEN_ID, app.getFullName() + "/main"));
    }

    /** Each branch that is new is built. */
    private void index(String... branches) throws Exception {
        app.setSourcesList(
                Arrays.stream(branches).map(LendingToBranchesTest::source).toList());
        app.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
    }

    private static BranchSource source(String branch) {
        SingleSCMSource source = new SingleSCMSource(branch, new SingleFileSCM("Jenkinsfile", JENKINSFILE));
        source.setId(branch);
        return new BranchSource(source);
    }

    private WorkflowRun last(String branch) {
        return app.getItem(branch).getLastBuild();
    }

    @Test
    void whatIsNotOnTheBranchDeploysNothing() throws Exception {
        index("main", "PR-1");
        jenkins.assertBuildStatusSuccess(last("main"));
        jenkins.assertBuildStatus(Result.FAILURE, last("PR-1"));
        jenkins.assertLogContains("does not lend its credential to '" + app.getFullName() + "/PR-1'", last("PR-1"));
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void whatTheScmForgetsAndBringsAgainIsStillTheBranch() throws Exception {
        index("main");
        index("PR-1");
        assertThat(app.getItem("main")).isNull();
        index("main", "PR-1");
        jenkins.assertBuildStatusSuccess(last("main"));
        jenkins.assertBuildStatus(Result.FAILURE, last("PR-1"));
        assertThat(server.deployments()).hasSize(2);
    }
}
