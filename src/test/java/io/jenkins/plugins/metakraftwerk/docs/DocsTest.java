package io.jenkins.plugins.metakraftwerk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.docs.Markdown.Block;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Runs every Pipeline of the documentation, sandboxed, against a stand-in server. HTML comments before a block say what
 * is to happen; see docs/development.md.
 */
class DocsTest {

    private static final String BUILD_FINISHES = "build 5140 finishes";
    private static final long DEPLOYED_BEFORE = 5138;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void installLibrary() {
        DocsLibrary.install(Markdown.blocks("groovy"));
    }

    @BeforeEach
    void addWhatThePagesNeed() {
        server.addBuild(DEPLOYED_BEFORE, "FINISHED", 100, null);
        for (long deployment : List.of(StandInDefaults.DEV_ID, StandInDefaults.TEST_ID)) {
            server.addBuildDeployment(DEPLOYED_BEFORE, StandInDefaults.PATTERN_ID, deployment, null, null);
        }
        for (String id : List.of("mk-prod", "mk-test", "mk-team-a")) {
            Setup.systemCredential(Setup.secretText(id, server.token()));
        }
        Setup.servers(
                Setup.server("production", server.url(), "mk-prod"), Setup.server("test", server.url(), "mk-test"));
    }

    static List<Block> pipelines() {
        return Markdown.blocks("groovy").stream()
                .filter(block -> block.notes("library").isEmpty()
                        && block.notes("job dsl").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void doesWhatThePageSays(Block block) throws Exception {
        int before = server.deployments().size();
        block.notes("server").forEach(this::prepare);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(block.text(), true));

        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        if (block.notes("server").contains(BUILD_FINISHES)) {
            jenkins.waitForMessage("Waiting for build " + StandInDefaults.RUNNING_BUILD, run);
            server.setBuild(StandInDefaults.RUNNING_BUILD, "FINISHED", 100, null);
        }
        for (String question : block.notes("input")) {
            answer(question, run);
        }
        jenkins.waitForCompletion(run);

        List<String> expected = block.notes("expect");
        jenkins.assertBuildStatus(expected.isEmpty() ? Result.SUCCESS : Result.fromString(expected.get(0)), run);
        for (String line : block.notes("log")) {
            jenkins.assertLogContains(line, run);
        }
        int deploys =
                block.notes("deploys").stream().mapToInt(Integer::parseInt).sum();
        assertThat(server.deployments()).hasSize(before + deploys);
    }

    private void prepare(String note) {
        switch (note) {
            case BUILD_FINISHES -> {}
            case "loses the answer" -> server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
            case "loses the request and refuses the look" -> {
                server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
                server.fault(
                        request -> request.is("GET", StandInServer.BUILD_DEPLOYMENTS)
                                && !server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)
                                        .isEmpty(),
                        1,
                        Fault.error(403, "Forbidden"));
            }
            case "lends production to team A only" ->
                Setup.servers(
                        Setup.server("test", server.url(), "mk-test"),
                        Setup.restricted("production", server.url(), "mk-prod", "team-a/app/main"));
            case "refuses one deployment" ->
                server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.error(403, "Maintenance"));
            default -> throw new IllegalArgumentException(note);
        }
    }

    private void answer(String question, WorkflowRun run) throws Exception {
        jenkins.waitForMessage(question, run);
        for (InputStepExecution asked : run.getAction(InputAction.class).getExecutions()) {
            if (asked.getInput().getMessage().equals(question)) {
                asked.proceed(null);
            }
        }
    }
}
