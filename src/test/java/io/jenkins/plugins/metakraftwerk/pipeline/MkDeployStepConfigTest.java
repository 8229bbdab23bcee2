package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.fixture.RegisteredSteps;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.HashMap;
import java.util.Map;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.StaplerRequest2;

/** The forms of the steps and the snippets that come from them. */
class MkDeployStepConfigTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final SnippetizerTester snippets = new SnippetizerTester(jenkins);
    private final MkDeployStep.DescriptorImpl descriptor =
            jenkins.jenkins.getDescriptorByType(MkDeployStep.DescriptorImpl.class);

    /** Fails unless all fields are as before. */
    private <S extends Step> S afterRoundTrip(S step) throws Exception {
        S after = new StepConfigTester(jenkins).configRoundTrip(step);
        jenkins.assertEqualDataBoundBeans(step, after);
        return after;
    }

    private static MkDeployStep step(String pattern, String deployment) {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern(pattern);
        step.setDeployment(deployment);
        return step;
    }

    @Test
    void keepsOneBuildIdThroughTheForm() throws Exception {
        afterRoundTrip(new MkDeployStep("5139"));
    }

    @Test
    void keepsEveryFieldThroughTheForm() throws Exception {
        MkDeployStep after = afterRoundTrip(full());
        assertThat(after.getPattern()).isEqualTo("CORE_DV_HLS");
        assertThat(after.getWaitMinutes()).isEqualTo(7);
    }

    @Test
    void keepsHardNamesThroughTheForm() throws Exception {
        afterRoundTrip(step(StandInDefaults.HARD_PATTERN, StandInDefaults.HARD_DEPLOYMENT));
    }

    @Test
    void keepsNamesThatTheServerDoesNotKnow() throws Exception {
        MkDeployStep step = step("GONE <b>\"&'", "GONE TOO");
        step.setAgentGroup("GONE AS WELL");
        afterRoundTrip(step);
    }

    @Test
    void keepsTheFieldsOfTheReadingSteps() throws Exception {
        MkFindDeploymentsStep find = new MkFindDeploymentsStep();
        find.setBuildId("5139");
        find.setPattern(StandInDefaults.PATTERN);
        find.setDeployment(StandInDefaults.DEV);
        find.setServer(Setup.SERVER);
        find.setCredentialsId(Setup.ACCOUNT_ID);
        afterRoundTrip(find);

        MkDeployedStep deployed = new MkDeployedStep();
        deployed.setPattern(StandInDefaults.PATTERN);
        deployed.setDeploymentId("21");
        deployed.setServer(Setup.SERVER);
        afterRoundTrip(deployed);

        MkGetDeploymentStep get = new MkGetDeploymentStep("17");
        get.setServer(Setup.SERVER);
        get.setCredentialsId(Setup.ACCOUNT_ID);
        afterRoundTrip(get);
    }

    @Test
    void writesNothingIntoASnippetThatNeedNotBeThere() throws Exception {
        MkDeployStep step = step("CORE_DV_HLS", "DEPLOY_TO_DEV");

        snippets.assertRoundTrip(step, "mkDeploy buildId: 5139, deployment: 'DEPLOY_TO_DEV', pattern: 'CORE_DV_HLS'");
        snippets.assertRoundTrip(new MkGetDeploymentStep("17"), "mkGetDeployment 17");
        snippets.assertRoundTrip(new MkFindDeploymentsStep(), "mkFindDeployments()");
    }

    @Test
    void writesIdsAsNumbersAndTheRestAsItIs() throws Exception {
        snippets.assertRoundTrip(
                full(),
                "mkDeploy agent: 'A', agentGroup: 'DEV_AGENTS', agentGroupId: 41, agentId: 51, buildId: 5139,"
                        + " credentialsId: 'mk-account', deployment: 'DEPLOY_TO_DEV', deploymentId: 21,"
                        + " pattern: 'CORE_DV_HLS', patternId: 11, sendAfterUnknown: true, server: 'stand-in',"
                        + " skipIfDeployed: true, waitForBuild: true, waitMinutes: 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901", "0005139", "five", "5.5"})
    void leavesWhatIsNoShortNumberAText(String buildId) throws Exception {
        snippets.assertRoundTrip(new MkDeployStep(buildId), "mkDeploy '" + buildId + "'");
    }

    @Test
    void writesHardNamesSoThatTheyComeBack() throws Exception {
        MkDeployStep step = step(StandInDefaults.HARD_PATTERN, StandInDefaults.HARD_DEPLOYMENT);
        step.setAgentGroup("$HOME ${x} 'a' \\ \"b\"");

        snippets.assertRoundTrip(
                step,
                "mkDeploy agentGroup: '$HOME ${x} \\'a\\' \\\\ \"b\"', buildId: 5139,"
                        + " deployment: '100 % = \\\\\\'Ziel\\\\\\' #1; 数据', pattern: 'Käufer \"A\" <b>&/+?'");
    }

    /** All that the form of mkDeploy sends, but for what is given here. */
    private static String sent(String changes) {
        Map<String, Object> form = new HashMap<>(Map.of(
                "stapler-class", MkDeployStep.class.getName(),
                "$class", MkDeployStep.class.getName(),
                "buildId", "5139",
                "pattern", "P",
                "deployment", "D"));
        for (String empty :
                "agentGroup waitMinutes server credentialsId agent patternId deploymentId agentId agentGroupId"
                        .split(" ")) {
            form.put(empty, "");
        }
        for (String box : "skipIfDeployed waitForBuild sendAfterUnknown".split(" ")) {
            form.put(box, false);
        }
        form.put("includeUser", "false");
        JSONObject json = JSONObject.fromObject(form);
        json.putAll(JSONObject.fromObject(changes));
        return json.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{} | ",
                "{server: ' ', agentId: null} | ",
                "{waitMinutes: '60'} | ",
                "{waitMinutes: 'nonsense'} | ",
                "{waitForBuild: true} | , waitForBuild: true",
                "{waitForBuild: true, waitMinutes: '7'} | , waitForBuild: true, waitMinutes: 7",
                "{skipIfDeployed: true, waitMinutes: '7'} | , skipIfDeployed: true, waitMinutes: 7",
                "{sendAfterUnknown: true, server: 'x'} | , sendAfterUnknown: true, server: 'x'"
            })
    void makesASnippetFromWhatABrowserSends(String changes, String more) throws Exception {
        snippets.assertGenerateSnippet(
                sent(changes),
                "mkDeploy buildId: 5139, deployment: 'D', pattern: 'P'" + (more == null ? "" : more),
                null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10081", "ten"})
    void refusesMinutesThatAreNone(String minutes) {
        JSONObject form = JSONObject.fromObject(sent("{waitForBuild: true, waitMinutes: '" + minutes + "'}"));

        assertThatThrownBy(() -> descriptor.newInstance((StaplerRequest2) null, form))
                .isInstanceOf(FormException.class)
                .hasMessage("Enter a whole number from 1 to 10,080.");
        assertThat(descriptor.getShared().doCheckWaitMinutes(minutes))
                .hasMessage("Enter a whole number from 1 to 10,080.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1", " 60 ", "10080"})
    void takesMinutesThatAreSome(String minutes) {
        assertThat(descriptor.getShared().doCheckWaitMinutes(minutes).kind).isEqualTo(FormValidation.Kind.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${BUILD_ID}", "$BUILD_ID", "env.BUILD_ID", "${env.BUILD_NUMBER}", "x$build_id"})
    void warnsOfTheNumberOfTheJenkinsBuild(String typed) {
        FormValidation check = descriptor.getShared().doCheckBuildId(typed);

        assertThat(check.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(check)
                .hasMessageContaining(" is the number of the Jenkins build, not the id of a MetaKraftwerk build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${BUILD_ID_TO_DEPLOY}", "$MK_BUILD_ID", "${MY.BUILD}"})
    void saysHowTheScriptTakesAnotherVariable(String typed) {
        assertThat(descriptor.getShared().doCheckBuildId(typed))
                .hasMessageContaining("In the script, put " + typed.replaceAll("[${}]", "") + " in its place");
    }

    @Test
    void offersToSendAgainInAPipelineOnly() throws Exception {
        FreeStyleProject freestyle = jenkins.createFreeStyleProject();
        freestyle.getBuildersList().add(new DeployBuilder("5139"));
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String xpath = "//input[@name='_.sendAfterUnknown']";
            HtmlPage form = client.getPage(freestyle, "configure");
            assertThat(form.getByXPath(xpath)).isEmpty();
            assertThat(form.getByXPath("//input[@name='_.waitForBuild']")).hasSize(1);
        }
    }

    @Test
    void canBeDocumented() throws Exception {
        for (Class<? extends Step> step : RegisteredSteps.classes().toList()) {
            SnippetizerTester.assertDocGeneration(step);
        }
        String page = jenkins.createWebClient()
                .goTo("pipeline-syntax/html")
                .getWebResponse()
                .getContentAsString();
        assertThat(page)
                .contains(RegisteredSteps.names()
                        .map(step -> "<code>" + step + "</code>")
                        .toList());
    }

    private static MkDeployStep full() {
        MkDeployStep step = step(StandInDefaults.PATTERN, StandInDefaults.DEV);
        step.setPatternId("11");
        step.setDeploymentId("21");
        step.setAgent("A");
        step.setAgentId("51");
        step.setAgentGroup(StandInDefaults.AGENT_GROUP);
        step.setAgentGroupId("41");
        step.setServer(Setup.SERVER);
        step.setCredentialsId(Setup.ACCOUNT_ID);
        step.setSkipIfDeployed(true);
        step.setWaitForBuild(true);
        step.setWaitMinutes(7);
        step.setSendAfterUnknown(true);
        return step;
    }
}
