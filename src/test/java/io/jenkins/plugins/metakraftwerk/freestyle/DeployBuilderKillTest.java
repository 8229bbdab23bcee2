package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.run.AttemptInBuild;
import io.jenkins.plugins.metakraftwerk.run.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed while freestyle builds deploy: nobody goes on with them. */
class DeployBuilderKillTest {

    private static final long PLANNED = 6001;
    private static final long LOST = 6002;
    private static final long UNANSWERED = 6003;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @AutoClose
    private StandInServer server;

    @BeforeEach
    void startServer() {
        server = StandInServer.start();
        server.acceptAnyBuild();
    }

    @Test
    void theirPagesTellWhatBecameOfTheirDeployments() throws Throwable {
        jenkins.startJenkins();
        String url = server.url();
        String token = server.token();
        jenkins.run(r -> {
            r.jenkins.setNumExecutors(3);
            Setup.standIn(url, token);
        });
        server.hold("POST", BUILD_DEPLOYMENTS);
        start("lost", LOST);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        start("unanswered", UNANSWERED);
        server.awaitDeployments(1, TestWaits.LIMIT);
        server.hold("GET", BUILD_DEPLOYMENTS);
        int before = server.requests("GET", BUILD_DEPLOYMENTS).size();
        start("planned", PLANNED);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, before + 1, TestWaits.LIMIT);

        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
        jenkins.startJenkins();

        assertThat(shown("planned"))
                .startsWith("FAILED null Jenkins ended before this attempt did. Nothing was deployed");
        assertThat(shown("unanswered")).isEqualTo("ADOPTED 1 null");
        assertThat(shown("lost"))
                .startsWith("UNKNOWN null Outcome unknown: No record of the deployment of build " + LOST);
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);

        jenkins.stopJenkins();
        jenkins.startJenkins();
        assertThat(shown("unanswered")).as("after the next restart").isEqualTo("ADOPTED 1 null");
    }

    private void start(String name, long build) throws Throwable {
        jenkins.run(r -> {
            FreeStyleProject job = r.createFreeStyleProject(name);
            DeployBuilder step = new DeployBuilder(Long.toString(build));
            step.setPattern("CORE_DV_HLS");
            step.setDeployment("DEPLOY_TO_DEV");
            job.getBuildersList().add(step);
            job.scheduleBuild2(0).waitForStart();
        });
    }

    private String shown(String name) throws Throwable {
        return jenkins.call(r -> {
            FreeStyleBuild build =
                    r.jenkins.getItemByFullName(name, FreeStyleProject.class).getBuildByNumber(1);
            assertThat(build.isBuilding()).isFalse();
            assertThat(build.getResult()).isNotEqualTo(Result.SUCCESS);
            TestWaits.until("its end", () -> !deployments(build).isEmpty());
            AttemptInBuild shown = deployments(build).get(0);
            return shown.getOutcome() + " " + shown.getId() + " " + shown.getReason();
        });
    }

    private static List<AttemptInBuild> deployments(FreeStyleBuild build) {
        BuildDeploymentsAction action = build.getAction(BuildDeploymentsAction.class);
        return action == null ? List.of() : action.getDeployments();
    }
}
