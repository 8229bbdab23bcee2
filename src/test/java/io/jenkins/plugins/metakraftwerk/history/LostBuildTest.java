package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.OurFiles;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.apache.commons.io.FileUtils;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What is known of an attempt is shown where its build is not to be had any more. */
class LostBuildTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private static Path start(JenkinsRule jenkins, String name, long build) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(
                "mkDeploy buildId: " + build + ", pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'", true));
        return job.scheduleBuild2(0).waitForStart().getRootDir().toPath();
    }

    private static AttemptRecord end(String name) {
        Job<?, ?> job = Jenkins.get().getItemByFullName(name, WorkflowJob.class);
        TestWaits.until(
                "the end of " + name, () -> !DeploymentHistory.targets(job).isEmpty());
        List<TargetLine> lines = DeploymentHistory.targets(job);
        assertThat(lines).hasSize(1);
        assertThat(DeploymentHistory.attempts(job, lines.get(0).key(), 0, 10)).hasSize(1);
        return lines.get(0).last();
    }

    /** With what is in tooltips. */
    private static String page(JenkinsRule jenkins, String url) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo(url);
        return page.asNormalizedText() + page.getWebResponse().getContentAsString();
    }

    private static long audited(String event) throws IOException {
        long lines = 0;
        for (Path file : OurFiles.all()) {
            if (file.getFileName().toString().contains("audit")) {
                lines += Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"event\":\"" + event + "\""))
                        .count();
            }
        }
        return lines;
    }

    @Test
    void itsJobTellsWhatIsKnownOfIt() throws Throwable {
        server.acceptAnyBuild();
        Path[] folders = new Path[3];
        sessions.then(jenkins -> {
            server.hold("POST", BUILD_DEPLOYMENTS);
            folders[0] = start(jenkins, "sent", 6001);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            server.hold("POST", BUILD_DEPLOYMENTS);
            folders[1] = start(jenkins, "deleted", 6002);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestWaits.LIMIT);
            int before = server.requests("GET", BUILD_DEPLOYMENTS).size();
            server.hold("GET", BUILD_DEPLOYMENTS);
            folders[2] = start(jenkins, "planned", 6003);
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, before + 1, TestWaits.LIMIT);
        });
        // Each look of Jenkins for the program of a Pipeline whose build it cannot load takes five minutes.
        Files.delete(folders[0].resolve("../../../../" + FlowExecutionList.class.getName() + ".xml"));
        Files.write(folders[0].resolve("build.xml"), new byte[0]);
        FileUtils.deleteDirectory(folders[1].toFile());
        Files.write(folders[2].resolve("build.xml"), new byte[0]);

        sessions.then(jenkins -> {
            sessions.time().end(Ledger.GOES_ON);
            for (String name : List.of("sent", "deleted")) {
                AttemptRecord end = end(name);
                assertThat(end.outcome()).isEqualTo("UNKNOWN");
                assertThat(end.reason())
                        .startsWith(
                                "Outcome unknown: Jenkins ended before this attempt did, and its record could not be"
                                        + " looked for. Check whether build 600");
                assertThat(end.fullDisplayName()).isEqualTo(name + " #1");
                assertThat(end.step()).isEqualTo("mkDeploy");
                assertThat(end.serverUrl()).isEqualTo(server.url());
                assertThat(end.credentialsId()).isEqualTo("mk-token");
                assertThat(page(jenkins, "job/" + name + "/metakraftwerk/")).contains("outcome unknown", name + " #1");
            }
            AttemptRecord planned = end("planned");
            assertThat(planned.outcome()).isEqualTo("FAILED");
            assertThat(planned.reason()).startsWith("Jenkins ended before this attempt did. Nothing was deployed");
            assertThat(planned.credentialsId()).isNull();
            assertThat(page(jenkins, "metakraftwerk/")).contains("perhaps 600", " #1");
            assertThat(server.requests("POST", BUILD_DEPLOYMENTS)).hasSize(2);
        });

        sessions.then(jenkins -> {
            sessions.time().end(Ledger.GOES_ON);
            assertThat(end("sent").outcome()).isEqualTo("UNKNOWN");
            assertThat(audited("unknown")).isEqualTo(2);
            assertThat(audited("failed")).isEqualTo(1);
        });
    }
}
