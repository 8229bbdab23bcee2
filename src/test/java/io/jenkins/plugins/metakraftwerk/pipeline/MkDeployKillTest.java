package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed while a deployment is in each of its states. */
class MkDeployKillTest {

    private static final FlowDurabilityHint SAFE = FlowDurabilityHint.MAX_SURVIVABILITY;
    private static final FlowDurabilityHint FAST = FlowDurabilityHint.PERFORMANCE_OPTIMIZED;

    private static final long WAITING = 6001;
    private static final long PLANNED = 6002;
    private static final long LOST = 6003;
    private static final long LATE = 6004;
    private static final long UNANSWERED = 6005;
    private static final long DONE = 6006;

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
    void goesOnInEachState() throws Throwable {
        server.setBuild(WAITING, "BUILDING", 40, null);
        server.hold("GET", BUILD_DEPLOYMENTS + "/1");
        jenkins.startJenkins();
        configure();
        start("waiting", script(WAITING, ", waitForBuild: true"), SAFE);
        server.awaitRequest("GET", "/api/v1/builds/" + WAITING, 1, TestWaits.LIMIT);
        Hold planned = server.hold("GET", BUILD_DEPLOYMENTS);
        start("planned", script(PLANNED, ""), SAFE);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        server.hold("POST", BUILD_DEPLOYMENTS);
        start("lost", script(LOST, ""), SAFE);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        Hold late = server.hold("POST", BUILD_DEPLOYMENTS);
        start("late", script(LATE, ""), SAFE);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestWaits.LIMIT);
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        start("unanswered", script(UNANSWERED, ""), SAFE);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 3, TestWaits.LIMIT);
        start("done", script(DONE, "") + "\nmkGetDeployment 1\necho \"still ${r.id} ${r.created}\"", SAFE);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS + "/1", 1, TestWaits.LIMIT);

        kill();
        planned.release();
        server.setBuild(WAITING, "FINISHED", 100, null);
        jenkins.startJenkins();

        waitFor("late", "Looking for its record instead of sending again");
        late.release();
        for (String job : List.of("waiting", "planned", "late", "unanswered", "done")) {
            assertThat(finished(job)).as(job).contains("is ", "Finished: SUCCESS");
        }
        assertThat(finished("unanswered")).contains("the request had been carried out although its answer was lost");
        assertThat(finished("done")).containsPattern("is (\\d+)\n(.*\n)+still \\1 true");
        assertThat(finished("lost"))
                .contains("ERROR: Outcome unknown: No record of the deployment of build " + LOST
                        + " showed up within 30 s.")
                .contains("Check whether build " + LOST + " was deployed (CORE_DV_HLS → DEPLOY_TO_DEV) on stand-in")
                .contains("Finished: FAILURE");
        assertThat(sent()).containsExactlyInAnyOrder(WAITING, PLANNED, LOST, LATE, UNANSWERED, DONE);
        assertThat(deployed()).containsExactlyInAnyOrder(WAITING, PLANNED, LATE, UNANSWERED, DONE);
    }

    /**
     * Without durability Jenkins saves a Pipeline only when it stops in good order. After such a stop and a crash it
     * would go on from that old program, which has not sent anything yet.
     */
    @Test
    void sendsNothingTwiceFromAnOldProgram() throws Throwable {
        server.addBuildDeployment(1, 11, 21, null, null);
        server.hold("GET", BUILD_DEPLOYMENTS + "/1");
        jenkins.startJenkins();
        configure();
        start("before", "mkGetDeployment 1\n" + script(LOST, ""), FAST);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS + "/1", 1, TestWaits.LIMIT);
        server.hold("GET", BUILD_DEPLOYMENTS);
        start("planned", script(PLANNED, ""), FAST);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        jenkins.stopJenkins();
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        jenkins.startJenkins();
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestWaits.LIMIT);

        kill();
        jenkins.startJenkins();

        assertThat(finished("planned"))
                .contains("the request had been carried out although its answer was lost", "Finished: SUCCESS");
        finished("before");
        assertThat(sent()).containsExactlyInAnyOrder(PLANNED, LOST);
        assertThat(deployed()).containsExactlyInAnyOrder(1L, PLANNED, LOST);
    }

    private static String script(long build, String more) {
        return "def r = " + Scripts.DEPLOY.replace("5139", "" + build) + more + "\necho \"is ${r.id}\"";
    }

    private void configure() throws Throwable {
        String url = server.url();
        String token = server.token();
        jenkins.run(r -> Setup.standIn(url, token));
    }

    private void start(String job, String script, FlowDurabilityHint durability) throws Throwable {
        String hint = durability.name();
        jenkins.run(r -> {
            WorkflowJob created = r.createProject(WorkflowJob.class, job);
            created.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.valueOf(hint)));
            created.setDefinition(new CpsFlowDefinition(script, true));
            created.scheduleBuild2(0).waitForStart();
        });
    }

    private void kill() throws InterruptedException {
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
    }

    private void waitFor(String job, String message) throws Throwable {
        jenkins.run(r -> r.waitForMessage(message, Scripts.onlyRun(job)));
    }

    private String finished(String job) throws Throwable {
        return jenkins.call(r -> JenkinsRule.getLog(r.waitForCompletion(Scripts.onlyRun(job))));
    }

    /** The build of each request, in their order. */
    private List<Long> sent() {
        return server.requests("POST", BUILD_DEPLOYMENTS).stream()
                .map(request -> request.json().get("build_id").asLong())
                .toList();
    }

    /** The build of each record. */
    private List<Long> deployed() {
        return server.deployments().stream()
                .map(record -> record.get("build_id").asLong())
                .toList();
    }
}
