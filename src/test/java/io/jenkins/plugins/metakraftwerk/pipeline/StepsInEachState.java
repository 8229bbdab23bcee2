package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.jvnet.hudson.test.JenkinsRule;
import org.springframework.security.core.Authentication;

/** Five jobs, with a step in each of the states in which a controller may stop; their credential is in a vault. */
final class StepsInEachState implements AutoCloseable {

    /** As long as a step waits for what it needs. */
    private static final Duration WHOLE_WAIT = Duration.ofSeconds(120);

    /** How far a step had come; its MetaKraftwerk build is 6000 and its place here. */
    enum State {
        WAITING,
        PLANNED,
        DOUBTED,
        SENDING,
        DONE;

        long build() {
            return 6000 + ordinal();
        }

        boolean mayHaveSent() {
            return this == DOUBTED || this == SENDING;
        }

        WorkflowRun run() {
            return Scripts.onlyRun(name());
        }

        /** Deploys, and once more when the test lets it where that fails. */
        private String script() {
            String deploy = "mkDeploy(buildId: " + build() + ", pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'"
                    + ", credentialsId: '" + VAULT_ID + "'" + (this == WAITING ? ", waitForBuild: true)" : ")");
            return """
                    import io.jenkins.plugins.metakraftwerk.pipeline.MetaKraftwerkStepException
                    def r = null
                    try {
                        r = %1$s
                    } catch (MetaKraftwerkStepException e) {
                        echo "unknown ${e.outcomeUnknown}: ${e.message}"
                        semaphore '%2$s'
                        r = %1$s
                    }
                    echo "is ${r.buildId} ${r.created}"
                    """.formatted(deploy, name());
        }

        void awaitThatItFailed() throws Exception {
            SemaphoreStep.waitForStart(name() + "/1", run());
        }

        void tryAgain() {
            SemaphoreStep.success(name() + "/1", null);
        }
    }

    static final String VAULT_ID = "in a vault";

    /** All but the one that has ended. */
    static final List<State> OPEN = List.of(State.WAITING, State.PLANNED, State.DOUBTED, State.SENDING);

    private final StandInServer server;
    private final HeldAudit audit = new HeldAudit("created", State.DONE.build());

    StepsInEachState(StandInServer server) {
        this.server = server;
    }

    /** Starts them; Jenkins is to stop when this returns. */
    void start(JenkinsRule jenkins) throws Exception {
        server.acceptAnyBuild();
        server.setBuild(State.WAITING.build(), "BUILDING", 40, null);
        Vault.opens(server.token());
        start(jenkins, State.WAITING);
        jenkins.waitForMessage("Waiting for build", State.WAITING.run());
        Hold planned = server.hold("GET", BUILD_DEPLOYMENTS);
        start(jenkins, State.PLANNED);
        server.awaitRequest("GET", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.errorAfter(503, "Later", "Retry-After", "60"));
        start(jenkins, State.DOUBTED);
        jenkins.waitForMessage("trying again in 60 s", State.DOUBTED.run());
        server.holdAnswer("POST", BUILD_DEPLOYMENTS);
        start(jenkins, State.SENDING);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 2, TestWaits.LIMIT);
        start(jenkins, State.DONE);
        audit.await();
        EndOfJenkins.then(() -> {
            // What they hear now must not be acted upon.
            audit.close();
            planned.release();
            server.setBuild(State.WAITING.build(), "FINISHED", 100, null);
        });
    }

    private static void start(JenkinsRule jenkins, State state) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, state.name());
        job.setDefinition(new CpsFlowDefinition(state.script(), true));
        job.scheduleBuild2(0).waitForStart();
    }

    /** Fails unless the one that had its result brings it without a word. */
    static void assertDoneAtOnce(JenkinsRule jenkins) throws Exception {
        WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(State.DONE.run()));
        assertThat(JenkinsRule.getLog(run))
                .contains("is " + State.DONE.build() + " true")
                .doesNotContain("After a restart of Jenkins");
        assertThat(Scripts.onlyAttempt(run).getOutcome()).isEqualTo("CREATED");
    }

    static void awaitThatTheyWait(JenkinsRule jenkins) throws Exception {
        for (State state : OPEN) {
            awaitThatItWaits(jenkins, state.run());
        }
    }

    private static void awaitThatItWaits(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.waitForMessage(
                " After a restart of Jenkins this may come late: waiting for it, for " + WHOLE_WAIT.toSeconds()
                        + " s at most.",
                run);
    }

    /** What the run needs does not come; every wait is held. */
    static void waitInVain(JenkinsRule jenkins, WorkflowRun run, PluginTime time) throws Exception {
        awaitThatItWaits(jenkins, run);
        waitInVain(time);
    }

    /** What they need does not come, and they wait already. */
    static void waitInVain(PluginTime time) {
        time.skip(WHOLE_WAIT);
        time.goOn();
    }

    /** Whatever was said meanwhile. */
    void assertEachIsDeployedOnce(JenkinsRule jenkins) throws Exception {
        for (State state : State.values()) {
            WorkflowRun run = jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(state.run()));
            jenkins.assertLogContains("is " + state.build() + " true", run);
        }
        assertThat(server.requests("POST", BUILD_DEPLOYMENTS).stream()
                        .map(request -> request.json().get("build_id").asLong()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(State.values()).map(State::build).toList());
        assertThat(server.deployments()).hasSize(State.values().length);
    }

    @Override
    public void close() {
        audit.close();
    }

    /** Has the one credential, and only while it is open. */
    abstract static class Vault extends CredentialsProvider {

        private static volatile String token;

        static void opens(String with) {
            token = with;
        }

        static void shuts() {
            token = null;
        }

        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication who, List<DomainRequirement> requirements) {
            String now = token;
            StandardCredentials only = now == null ? null : Setup.secretText(VAULT_ID, now);
            return type.isInstance(only) ? List.of(type.cast(only)) : List.of();
        }
    }
}
