package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

class MkCheckDeploymentTest {

    private static final String GOOD =
            "mkCheckDeployment(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV')";
    private static final String BAD = "mkCheckDeployment(buildId: 5141, pattern: 'CORE_DV_HLX',"
            + " deployment: 'DEPLOY_TO_DEV', agentGroup: 'NOBODY', failOnProblems: %s)";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private void sentNothing() {
        assertThat(server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)).isEmpty();
    }

    @Test
    void saysWhatItFindsALineEach() throws Exception {
        server.addBuildDeployment(5138, 11, 21, null, 41L);
        String log = Scripts.succeed(
                jenkins,
                "def c = " + GOOD + "\necho 'saved'\n"
                        + "echo \"$c.problems $c.warnings $c.lastDeployment.buildId $c.lastDeployment.pattern"
                        + " $c.lastDeployment.agentGroupId $c.lastDeployment.agentGroup\"\n"
                        + "c.problems << 'mine'\necho \"still ${c.problems.size()}\"");

        assertThat(log)
                .contains(
                        "[MetaKraftwerk] OK: Build 5139 is finished.",
                        "[MetaKraftwerk] OK: Deployed there last: build 5138 (build deployment 1).",
                        "[] [] 5138 CORE_DV_HLS 41 null",
                        "still 0");
        sentNothing();
    }

    @Test
    void failsWithAllThatIsWrong() throws Exception {
        assertThat(Scripts.fail(jenkins, BAD.formatted("'true'")))
                .contains("[MetaKraftwerk] Problem: Build 5141 is FAILED")
                .containsPattern("ERROR: This deployment is not ready\\. .*5141 is FAILED.*pattern 'CORE_DV_HLX'"
                        + ".*agent group 'NOBODY'.* Nothing was sent\\.")
                .doesNotContain("\tat ");
        sentNothing();
    }

    @Test
    void returnsAllThatIsWrong() throws Exception {
        assertThat(Scripts.succeed(
                        jenkins,
                        "def c = " + BAD.formatted("false") + "\necho \"${c.problems.size()} $c.lastDeployment\""))
                .contains("3 null");
        sentNothing();
    }

    @Test
    void aFrozenServerIsAProblemBesideOthers() throws Exception {
        MetaKraftwerkServer frozen = Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID);
        frozen.setFrozen("Month end");
        Setup.servers(frozen);
        assertThat(Scripts.fail(jenkins, BAD.formatted("true")))
                .containsPattern("not ready\\. .*is frozen.*Month end.*5141 is FAILED");
    }

    @Test
    void aServerThatDoesNotLendIsAProblem() throws Exception {
        Setup.servers(Setup.restricted(Setup.SERVER, server.url(), Setup.TOKEN_ID, "somebody"));
        assertThat(Scripts.succeed(
                        jenkins, "echo \"is ${" + GOOD.replace(")", ", failOnProblems: false)") + ".problems}\""))
                .contains("is [The MetaKraftwerk server 'stand-in' does not lend its credential to ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatCannotBeAskedFailsTheCheckAsSuch() throws Exception {
        server.fault(request -> true, Integer.MAX_VALUE, Fault.error(401, "Not authenticated"));
        assertThat(Scripts.succeed(
                        jenkins,
                        "try { " + GOOD.replace(")", ", failOnProblems: false)")
                                + " } catch (e) { echo \"$e.status: $e.message\" }"))
                .contains("401: ", "did not accept the credential")
                .doesNotContain("not ready");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mkCheckDeployment 5139",
                "mkCheckDeployment buildId: 5139, pattern: 'P', deployment: 'D', failOnProblems: 'perhaps'",
                "mkCheckDeployment buildId: 5139, pattern: 'P', deployment: 'D', sendAfterUnknown: true"
            })
    void refusesWhatItCannotUse(String script) throws Exception {
        assertThat(Scripts.fail(jenkins, script))
                .contains("Nothing was sent.")
                .containsAnyOf("Give either pattern", "failOnProblems must be true or false", "no argument 'sendAfter")
                .doesNotContain("\tat ");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void keepsItsFieldsThroughTheFormAndInSnippets() throws Exception {
        MkCheckDeploymentStep step = new MkCheckDeploymentStep("5139");
        step.setPattern("CORE_DV_HLS");
        step.setDeployment("DEPLOY_TO_DEV");
        step.setWaitForBuild(true);
        step.setWaitMinutes(7);
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        String shortest = "mkCheckDeployment buildId: 5139, deployment: 'DEPLOY_TO_DEV',%s pattern: 'CORE_DV_HLS',"
                + " waitForBuild: true, waitMinutes: 7";
        for (boolean fails : new boolean[] {true, false}) {
            step.setFailOnProblems(fails);
            jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
            snippets.assertRoundTrip(step, shortest.formatted(fails ? "" : " failOnProblems: false,"));
        }
        JSONObject form = new JSONObject();
        form.put("stapler-class", MkCheckDeploymentStep.class.getName());
        form.put("$class", MkCheckDeploymentStep.class.getName());
        form.put("buildId", "5139");
        form.put("failOnProblems", false);
        snippets.assertGenerateSnippet(form.toString(), "mkCheckDeployment buildId: 5139, failOnProblems: false", null);
        SnippetizerTester.assertDocGeneration(MkCheckDeploymentStep.class);
    }
}
