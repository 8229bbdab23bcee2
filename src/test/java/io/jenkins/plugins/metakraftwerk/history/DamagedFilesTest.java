package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Whatever lies in the place of the files of a job: Jenkins starts, its pages are there, and it deploys. */
class DamagedFilesTest {

    private static final String DEPLOY = "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    private enum Damage {
        BYTES,
        FOLDER,
        NOTHING;

        private void to(Path file) throws IOException {
            Files.deleteIfExists(file);
            switch (this) {
                case BYTES -> Files.write(file, new byte[] {(byte) 0xff, 0, '<', '\n', '{', '}', '\n', '\r', 7, '{'});
                case FOLDER -> Files.createDirectories(file.resolve("deeper"));
                case NOTHING -> Files.createFile(file);
            }
        }
    }

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private static WorkflowJob job() {
        return Jenkins.get().getItemByFullName("deploy", WorkflowJob.class);
    }

    private static void run(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        jenkins.buildAndAssertSuccess(job);
    }

    /** With what is in tooltips. */
    private static String page(JenkinsRule jenkins, String url) throws Exception {
        HtmlPage page = jenkins.createWebClient().goTo(url);
        return page.asNormalizedText() + page.getWebResponse().getContentAsString();
    }

    @ParameterizedTest
    @EnumSource
    void holdUpNothing(Damage damage) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
            job.setDefinition(new CpsFlowDefinition(DEPLOY, true));
            run(jenkins, job);
            Path folder = job.getRootDir().toPath();
            damage.to(folder.resolve(JobHistory.TARGETS));
            damage.to(folder.resolve(HistoryFile.NAME));
            damage.to(folder.resolve("builds/1/metakraftwerk-deployments.jsonl"));
            damage.to(Jenkins.get().getRootDir().toPath().resolve(DeletedJobs.NAME));
        });
        sessions.then(jenkins -> {
            String broken = damage == Damage.FOLDER ? "cannot be read: Is a directory." : "could not be understood.";
            for (String url : List.of("metakraftwerk/", "job/deploy/metakraftwerk/", "job/deploy/1/metakraftwerk/")) {
                String text = page(jenkins, url);
                // A file without any line is as it should be.
                assertThat(text.contains(broken)).as(url + ": " + text).isEqualTo(damage != Damage.NOTHING);
            }
            page(jenkins, "job/deploy/");
            page(jenkins, "job/deploy/1/");

            run(jenkins, job());

            assertThat(server.deployments()).hasSize(2);
            assertThat(DeploymentHistory.targets((Job<?, ?>) job()))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line.now().buildDeploymentId()).isEqualTo(2));
            TargetLine line = DeploymentHistory.targets((Job<?, ?>) job()).get(0);
            assertThat(page(
                            jenkins,
                            "job/deploy/metakraftwerk/target/" + line.key().hash() + "/"))
                    .contains("deploy #2");
            assertThat(page(jenkins, "job/deploy/2/metakraftwerk/")).contains("CORE_DV_HLS");
        });
        if (damage != Damage.FOLDER) {
            sessions.then(jenkins -> assertThat(page(jenkins, "job/deploy/metakraftwerk/"))
                    .contains("deploy #2")
                    .doesNotContain(".unreadable"));
        }
    }
}
