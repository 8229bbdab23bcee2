package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsWithStandIn;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms of the steps and the snippets that come from them. */
@WithJenkins
class MkDeployStepConfigTest {

    private static JenkinsRule jenkins;
    private static StandInServer server;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        server = StandInServer.start();
        JenkinsWithStandIn.configure(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void keepsOneBuildIdThroughTheForm() throws Exception {
        MkDeployStep step = new MkDeployStep("5139");

        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void keepsEveryFieldThroughTheForm() throws Exception {
        MkDeployStep step = full();

        MkDeployStep after = new StepConfigTester(jenkins).configRoundTrip(step);

        jenkins.assertEqualDataBoundBeans(step, after);
        assertThat(after.getPattern()).isEqualTo("CORE_DV_HLS");
        assertThat(after.getWaitMinutes()).isEqualTo(7);
    }

    @Test
    void keepsHardNamesThroughTheForm() throws Exception {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern(StandInDefaults.HARD_PATTERN);
        step.setDeployment(StandInDefaults.HARD_DEPLOYMENT);

        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void keepsNamesThatTheServerDoesNotKnow() throws Exception {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern("GONE <b>\"&'");
        step.setDeployment("GONE TOO");
        step.setAgentGroup("GONE AS WELL");

        jenkins.assertEqualDataBoundBeans(step, new StepConfigTester(jenkins).configRoundTrip(step));
    }

    @Test
    void keepsTheFieldsOfTheReadingSteps() throws Exception {
        MkFindDeploymentsStep find = new MkFindDeploymentsStep();
        find.setBuildId("5139");
        find.setPattern(StandInDefaults.PATTERN);
        find.setDeployment(StandInDefaults.DEV);
        find.setServer(JenkinsWithStandIn.SERVER);
        find.setCredentialsId(JenkinsWithStandIn.ACCOUNT_ID);
        jenkins.assertEqualDataBoundBeans(find, new StepConfigTester(jenkins).configRoundTrip(find));

        MkGetDeploymentStep get = new MkGetDeploymentStep("17");
        get.setServer(JenkinsWithStandIn.SERVER);
        get.setCredentialsId(JenkinsWithStandIn.ACCOUNT_ID);
        jenkins.assertEqualDataBoundBeans(get, new StepConfigTester(jenkins).configRoundTrip(get));
    }

    @Test
    void writesNothingIntoASnippetThatNeedNotBeThere() throws Exception {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern("CORE_DV_HLS");
        step.setDeployment("DEPLOY_TO_DEV");

        snippets().assertRoundTrip(step, "mkDeploy buildId: 5139, deployment: 'DEPLOY_TO_DEV', pattern: 'CORE_DV_HLS'");
        snippets().assertRoundTrip(new MkGetDeploymentStep("17"), "mkGetDeployment 17");
        snippets().assertRoundTrip(new MkFindDeploymentsStep(), "mkFindDeployments()");
    }

    @Test
    void writesIdsAsNumbersAndTheRestAsItIs() throws Exception {
        snippets()
                .assertRoundTrip(
                        full(),
                        "mkDeploy agent: 'A', agentGroup: 'DEV_AGENTS', agentGroupId: 41, agentId: 51, buildId: 5139,"
                                + " credentialsId: 'mk-account', deployment: 'DEPLOY_TO_DEV', deploymentId: 21,"
                                + " pattern: 'CORE_DV_HLS', patternId: 11, server: 'stand-in', skipIfDeployed: true,"
                                + " waitForBuild: true, waitMinutes: 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678901", "0005139", "five", "5.5"})
    void leavesWhatIsNoShortNumberAText(String buildId) throws Exception {
        snippets().assertRoundTrip(new MkDeployStep(buildId), "mkDeploy '" + buildId + "'");
    }

    @Test
    void writesHardNamesSoThatTheyComeBack() throws Exception {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern(StandInDefaults.HARD_PATTERN);
        step.setDeployment(StandInDefaults.HARD_DEPLOYMENT);
        step.setAgentGroup("$HOME ${x} 'a' \\ \"b\"");

        snippets()
                .assertRoundTrip(
                        step,
                        "mkDeploy agentGroup: '$HOME ${x} \\'a\\' \\\\ \"b\"', buildId: 5139,"
                                + " deployment: '100 % = \\\\\\'Ziel\\\\\\' #1; 数据', pattern: 'Käufer \"A\" <b>&/+?'");
    }

    @Test
    void makesASnippetFromWhatABrowserSends() throws Exception {
        snippets()
                .assertGenerateSnippet(
                        "{'stapler-class':'" + MkDeployStep.class.getName() + "','$class':'"
                                + MkDeployStep.class.getName() + "','buildId':'5139','pattern':'CORE_DV_HLS',"
                                + "'deployment':'DEPLOY_TO_DEV','agentGroup':'','skipIfDeployed':false,"
                                + "'waitForBuild':false,'waitMinutes':'60','server':'','credentialsId':'','agent':'',"
                                + "'patternId':'','deploymentId':'','agentId':'','agentGroupId':''}",
                        "mkDeploy buildId: 5139, deployment: 'DEPLOY_TO_DEV', pattern: 'CORE_DV_HLS'",
                        null);
    }

    @Test
    void canBeDocumented() throws Exception {
        SnippetizerTester.assertDocGeneration(MkDeployStep.class);
        SnippetizerTester.assertDocGeneration(MkFindDeploymentsStep.class);
        SnippetizerTester.assertDocGeneration(MkGetDeploymentStep.class);
        String page = jenkins.createWebClient()
                .goTo("pipeline-syntax/html")
                .getWebResponse()
                .getContentAsString();
        assertThat(page)
                .contains("<code>mkDeploy</code>", "<code>mkFindDeployments</code>", "<code>mkGetDeployment</code>");
    }

    private static SnippetizerTester snippets() {
        return new SnippetizerTester(jenkins);
    }

    private static MkDeployStep full() {
        MkDeployStep step = new MkDeployStep("5139");
        step.setPattern(StandInDefaults.PATTERN);
        step.setPatternId("11");
        step.setDeployment(StandInDefaults.DEV);
        step.setDeploymentId("21");
        step.setAgent("A");
        step.setAgentId("51");
        step.setAgentGroup(StandInDefaults.AGENT_GROUP);
        step.setAgentGroupId("41");
        step.setServer(JenkinsWithStandIn.SERVER);
        step.setCredentialsId(JenkinsWithStandIn.ACCOUNT_ID);
        step.setSkipIfDeployed(true);
        step.setWaitForBuild(true);
        step.setWaitMinutes(7);
        return step;
    }
}
