package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.io.FileUtils;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gives up what a restart has left. */
class AbandonedRunsTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    /** In one process, as where the server that Jenkins runs in has only restarted Jenkins. */
    @Test
    void whatOneJenkinsHasLeftNoneBeforeItGivesUp() throws Throwable {
        AbandonedRuns[] before = new AbandonedRuns[1];
        Path[] folder = new Path[1];
        sessions.then(jenkins -> {
            before[0] = AbandonedRuns.get();
            server.hold("GET", BUILD_DEPLOYMENTS);
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "app");
            job.setDefinition(new CpsFlowDefinition(
                    "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'", true));
            folder[0] = job.scheduleBuild2(0).waitForStart().getRootDir().toPath();
            server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        });
        // Each look of Jenkins for the program of a Pipeline whose build it cannot load takes five minutes.
        Files.delete(folder[0].resolve("../../../../" + FlowExecutionList.class.getName() + ".xml"));
        FileUtils.deleteDirectory(folder[0].toFile());

        sessions.then(jenkins -> {
            Ledger ledger = RunMemory.coordination().ledger();
            before[0].accountLast();
            // What it would have handed over has begun before all of these are done, and has its lock until it is over.
            for (int i = 0; i < 1_000; i++) {
                CompletableFuture.runAsync(() -> {}, Threads.work()).get();
            }
            synchronized (before[0]) {
                assertThat(ledger.isAnyLeft()).isTrue();
            }
            AbandonedRuns.get().accountLast();
            TestWaits.until("that it is given up", () -> !ledger.isAnyLeft());
        });
    }
}
