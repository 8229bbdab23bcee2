package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ProxyConfiguration;
import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.builds.BuildFinishedTrigger;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.history.TargetLine;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.io.IOException;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the pictures show, made inside the Jenkins of {@link Screenshots}. */
final class Scenes {

    private static final String DEPLOY = """
            def dev = mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS')
            echo "Deployed as ${dev.id}"
            mkDeploy(buildId: 5139, pattern: 'CORE_DV_HUB', deployment: 'HUB_TO_GIT')
            mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', skipIfDeployed: true)
            """;
    private static final String RELEASE = """
            mkDeploy(buildId: 5136, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_PROD', agentGroup: 'PROD_AGENTS')
            mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_TEST', agentGroup: 'DEV_AGENTS')
            mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS')
            """;
    private static final String NIGHTLY = """
            mkDeploy(buildId: 5137, pattern: 'CORE_DV_HUB', deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS')
            mkDeploy(buildId: 5137, pattern: 'CORE_DV_HUB', deployment: 'DEPLOY_TO_TEST', agentGroup: 'DEV_AGENTS')
            """;
    private static final String DEPLOY_WHAT_IS_NOT_THERE =
            "mkDeploy(buildId: 5139, pattern: 'CORE_DV_HSL', deployment: 'DEPLOY_TO_DEV')";

    static void configure(JenkinsRule jenkins, int proxy) throws IOException {
        jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy));
        Setup.systemCredential(Setup.logIn(CredentialsScope.SYSTEM, "mk-prod", StandInDefaults.PASSWORD));
        Folder team = jenkins.createProject(Folder.class, "team-a");
        team.createProject(WorkflowJob.class, "deploy");
        Setup.servers(Setup.restricted("production", ServerUrl.DEFAULT, "mk-prod", "team-a"));
        jenkins.createProject(WorkflowJob.class, "pipeline");
    }

    static void lendToAll(JenkinsRule jenkins) {
        Setup.servers(Setup.server("production", ServerUrl.DEFAULT, "mk-prod"));
    }

    static void deployEverywhere(JenkinsRule jenkins) throws Exception {
        for (TargetLine line : DeploymentHistory.targets(jenkins.jenkins)) {
            DeploymentHistory.clear(jenkins.jenkins, line.key());
        }
        Folder sales = jenkins.createProject(Folder.class, "sales");
        WorkflowJob release = sales.createProject(WorkflowJob.class, "release");
        release.setDefinition(new CpsFlowDefinition(RELEASE, true));
        jenkins.assertBuildStatusSuccess(release.scheduleBuild2(0, by("anna")));
        Folder hub = jenkins.createProject(Folder.class, "hub");
        WorkflowJob nightly = hub.createProject(WorkflowJob.class, "nightly");
        nightly.setDefinition(new CpsFlowDefinition(NIGHTLY, true));
        jenkins.assertBuildStatusSuccess(nightly.scheduleBuild2(0, by("ben")));
        FreeStyleProject promote = hub.createProject(FreeStyleProject.class, "promote");
        DeployBuilder step = new DeployBuilder("5137");
        step.setPattern(OTHER_PATTERN);
        step.setDeployment(PROD);
        step.setAgentGroup(OTHER_AGENT_GROUP);
        promote.getBuildersList().add(step);
        jenkins.assertBuildStatusSuccess(promote.scheduleBuild2(0, by("anna")));
    }

    /** Sixty targets on three servers, as three teams would have them after a month. */
    static void deployFarAndWide(JenkinsRule jenkins) throws Exception {
        MetaKraftwerkServer production =
                MetaKraftwerkGlobalConfiguration.get().getServers().get(0);
        MetaKraftwerkServer finance = new MetaKraftwerkServer("finance", "https://finance.example.com");
        MetaKraftwerkServer archive = new MetaKraftwerkServer("archive", "https://archive.example.com");
        archive.setFrozen("closing of the year, until 4 January");
        Setup.servers(production, finance, archive);
        new Months(job(jenkins, "release-sales", DEPLOY), production)
                .deploy(100, "CUSTOMER", "CONTRACT", "ORDER", "PRODUCT", "PRICE", "STOCK", "SUPPLIER", "CALENDAR");
        new Months(job(jenkins, "release-finance", DEPLOY), finance)
                .deploy(200, "LEDGER", "INVOICE", "PAYMENT", "DUNNING", "TAX", "BUDGET", "COST_CENTER");
        new Months(job(jenkins, "release-archive", DEPLOY), archive)
                .deploy(300, "DOCUMENT", "CORRESPONDENCE", "RETENTION");
    }

    private static Action by(String user) {
        return new CauseAction(new Cause.UserIdCause(user));
    }

    static void letEverybodyReadOneFolder(JenkinsRule jenkins) {
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onFolders(jenkins.jenkins.getItemByFullName("hub", Folder.class))
                .toEveryone());
    }

    /** A minute, as a schedule has it. */
    static void awaitTheBuildThatItStarts(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("sales-test", WorkflowJob.class);
        TestWaits.until("a build by the trigger", () -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();
    }

    static void askAndWatch(JenkinsRule jenkins) throws Exception {
        BuildParameterDefinition parameter = new BuildParameterDefinition("MK_BUILD");
        parameter.setPattern(PATTERN);
        parameter.setDescription("The build that goes to production");
        job(jenkins, "sales-production", DEPLOY).addProperty(new ParametersDefinitionProperty(parameter));
        BuildFinishedTrigger trigger = new BuildFinishedTrigger("* * * * *");
        trigger.setPattern(PATTERN);
        WorkflowJob watching = job(
                jenkins,
                "sales-test",
                "mkDeploy buildId: env.MK_BUILD_ID, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_TEST'");
        watching.addTrigger(trigger);
        trigger.start(watching, true);
    }

    static void deploy(JenkinsRule jenkins) throws Exception {
        jenkins.buildAndAssertStatus(Result.SUCCESS, job(jenkins, "deploy", DEPLOY));
        jenkins.buildAndAssertStatus(
                Result.FAILURE, job(jenkins, "deploy-what-is-not-there", DEPLOY_WHAT_IS_NOT_THERE));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private Scenes() {}
}
