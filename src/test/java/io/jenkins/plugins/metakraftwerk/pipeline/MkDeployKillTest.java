package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsWithStandIn;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed while a deployment is in each of its states. */
class MkDeployKillTest {

    private static final FlowDurabilityHint FAST = FlowDurabilityHint.PERFORMANCE_OPTIMIZED;

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private StandInServer server;

    @BeforeEach
    void startServer() {
        server = StandInServer.start();
        server.acceptAnyBuild();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void c() throws Throwable {
        jenkins.startJenkins();
        configure();
        server.addBuildDeployment(1, 11, 21, null, null);
        server.hold("GET", BUILD_DEPLOYMENTS + "/1");
        start("before", "mkGetDeployment 1\n" + script(6001), FAST);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS + "/1", 1, Waits.LIMIT);
        server.hold("GET", BUILD_DEPLOYMENTS);
        start("planned", script(6002), FAST);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        jenkins.stopJenkins();
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        jenkins.startJenkins();
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, Waits.LIMIT);
        System.err.println("XXX " + logOf("planned"));
        System.err.println("XXX " + logOf("before"));
        kill();
        jenkins.startJenkins();
        System.err.println("XXX " + finished("planned"));
        System.err.println("XXX " + finished("before"));
        System.err.println("XXX POSTs " + posts(6001) + posts(6002));
    }

    private static String script(long build) {
        return "def r = " + Scripts.DEPLOY.replace("5139", "" + build) + "\necho \"is ${r.id}\"";
    }

    private void configure() throws Throwable {
        String url = server.url();
        String token = server.token();
        jenkins.run(r -> JenkinsWithStandIn.configure(url, token));
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

    private String logOf(String job) throws Throwable {
        return jenkins.call(r -> JenkinsRule.getLog(Scripts.onlyRun(job)));
    }

    private String finished(String job) throws Throwable {
        return jenkins.call(r -> JenkinsRule.getLog(r.waitForCompletion(Scripts.onlyRun(job))));
    }

    private int posts(long build) {
        return (int) server.requests("POST", BUILD_DEPLOYMENTS).stream()
                .filter(request -> request.json().get("build_id").asLong() == build)
                .count();
    }
}
