package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_AGENT_GROUP_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.ProxyConfiguration;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.builds.BuildFinishedTrigger;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.client.Certificates;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import org.openqa.selenium.By;

/** Takes the pictures of {@code docs/images}; docs/development.md says how. */
class Screenshots {

    private static final By HEADER = By.id("page-header");
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
            mkDeploy(buildId: 5137, pattern: 'CORE_DV_HUB', deployment: 'HUB_TO_GIT', skipIfDeployed: true)
            """;
    private static final String DEPLOY_WHAT_IS_NOT_THERE =
            "mkDeploy(buildId: 5139, pattern: 'CORE_DV_HSL', deployment: 'DEPLOY_TO_DEV')";

    /** Pixels. */
    private static final int PHONE_WIDTH = 400;

    private static final int PHONE_HEIGHT = 1500;

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    /** Not a Jenkins in this process, where most symbols are missing. */
    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    private String url;
    private Camera camera;

    @Test
    void takePictures(@TempDir Path keys) throws Throwable {
        Certificates certificates = new Certificates(keys);
        String host = URI.create(ServerUrl.DEFAULT).getHost();
        try (StandInServer server = StandInServer.start(certificates.signed("server", "dns:" + host));
                Tunnel tunnel = new Tunnel(server.port())) {
            jenkins.javaOptions("-Djavax.net.ssl.trustStore=" + keys.resolve(Certificates.AUTHORITY));
            jenkins.javaOptions("-Djavax.net.ssl.trustStorePassword=" + Certificates.STORE_PASSWORD);
            jenkins.startJenkins();
            jenkins.runRemotely(Screenshots::configure, tunnel.port());
            url = jenkins.getUrl().toString();
            camera = new Camera(BROWSER, Path.of("docs", "images"));
            system();
            jenkins.runRemotely(Screenshots::lendToAll);
            freestyle();
            snippet();
            builds();
            overview(server);
            chooseABuild(server);
        }
    }

    private static void configure(JenkinsRule jenkins, int proxy) throws IOException {
        jenkins.jenkins.setProxy(new ProxyConfiguration("localhost", proxy));
        Setup.systemCredential(Setup.logIn(CredentialsScope.SYSTEM, "mk-prod", StandInDefaults.PASSWORD));
        Folder team = jenkins.createProject(Folder.class, "team-a");
        team.createProject(WorkflowJob.class, "deploy");
        Setup.servers(Setup.restricted("production", ServerUrl.DEFAULT, "mk-prod", "team-a"));
        jenkins.createProject(WorkflowJob.class, "pipeline");
    }

    private static void lendToAll(JenkinsRule jenkins) {
        Setup.servers(Setup.server("production", ServerUrl.DEFAULT, "mk-prod"));
    }

    private void system() throws IOException {
        SystemPage page = new SystemPage(BROWSER, url);
        page.server().awaitOffer("credentialsId", "mk-prod");
        assertThat(page.testConnection()).contains("patterns");
        camera.take("system", SystemPage.SECTION);
    }

    private void freestyle() throws IOException {
        JobPage page = JobPage.create(BROWSER, url, "freestyle");
        page.addStep();
        fill(page.step());
        camera.take("freestyle", By.cssSelector(JobPage.STEP));
        assertThat(page.step().checkNow()).contains("finished");
        camera.take("check", By.cssSelector(JobPage.STEP));
        String theme = System.getProperty("darkTheme");
        if (theme != null) {
            darken(Files.readString(Path.of(theme)));
            camera.take("freestyle-dark", By.cssSelector(JobPage.STEP));
        }
    }

    private static void darken(String theme) {
        BROWSER.driver().executeScript("""
                        const dark = new CSSStyleSheet();
                        dark.replaceSync(arguments[0]);
                        document.adoptedStyleSheets.push(dark);
                        document.documentElement.dataset.theme = 'dark';
                        """, theme);
    }

    private void snippet() throws IOException {
        SnippetPage page = new SnippetPage(BROWSER, url + "job/pipeline/");
        fill(page.step());
        page.generate();
        camera.take("snippet", SnippetPage.STEPS, SnippetPage.SNIPPET, SnippetPage.COPY);
    }

    private static void fill(Form step) {
        step.type("buildId", String.valueOf(FINISHED_BUILD));
        step.choose("pattern", PATTERN);
        step.choose("deployment", DEV);
        step.choose("agentGroup", AGENT_GROUP);
    }

    private void builds() throws Throwable {
        jenkins.runRemotely(Screenshots::deploy);
        BROWSER.open(url + "job/deploy/1/");
        camera.take("build", HEADER, By.id("tasks"));
        BROWSER.open(url + "job/deploy/1/metakraftwerk/");
        camera.take("deployments", HEADER, By.cssSelector("#main-panel table"));
        camera.height(PHONE_HEIGHT);
        BROWSER.openNarrow(url + "job/deploy/1/metakraftwerk/", PHONE_WIDTH);
        camera.take("deployments-narrow", By.id("narrow"));
        camera.height(Camera.HEIGHT);
        BROWSER.open(url + "job/deploy/1/console");
        camera.take("console", HEADER, By.cssSelector("#main-panel pre"));
        BROWSER.open(url + "job/deploy-what-is-not-there/1/console");
        camera.take("troubleshooting", HEADER, By.cssSelector("#main-panel pre"));
    }

    private void overview(StandInServer server) throws Throwable {
        server.acceptAnyBuild();
        jenkins.runRemotely(Screenshots::deployEverywhere);
        server.addBuildDeployment(5150, PATTERN_ID, PROD_ID, null, OTHER_AGENT_GROUP_ID);
        BROWSER.open(url + "metakraftwerk/");
        BROWSER.click(By.cssSelector(".metakraftwerk-compare"));
        BROWSER.visible(By.cssSelector(".metakraftwerk-overview__there--other"));
        camera.take("overview", By.cssSelector("#main-panel h1"), By.cssSelector(".metakraftwerk-overview"));
    }

    private static void deployEverywhere(JenkinsRule jenkins) throws Exception {
        Folder sales = jenkins.createProject(Folder.class, "sales");
        WorkflowJob release = sales.createProject(WorkflowJob.class, "release");
        release.setDefinition(new CpsFlowDefinition(RELEASE, true));
        jenkins.buildAndAssertStatus(Result.SUCCESS, release);
        WorkflowJob hub = jenkins.createProject(Folder.class, "hub").createProject(WorkflowJob.class, "nightly");
        hub.setDefinition(new CpsFlowDefinition(NIGHTLY, true));
        jenkins.buildAndAssertStatus(Result.SUCCESS, hub);
        DeploymentHistory.caughtUp().get();
    }

    private void chooseABuild(StandInServer server) throws Throwable {
        server.addBuild(RUNNING_BUILD, "BUILDING", 40, null);
        server.changeBuild(RUNNING_BUILD, "name", "nightly");
        server.changeBuild(FINISHED_BUILD, "name", "nightly");
        jenkins.runRemotely(Screenshots::askAndWatch);
        BROWSER.open(url + "job/sales-production/build?delay=0sec");
        BROWSER.type(By.cssSelector("[name='parameter'] input[name='value']"), "night");
        BROWSER.click(By.cssSelector(".metakraftwerk-list__entry"));
        camera.take("build-parameter", HEADER, By.cssSelector("form[name='parameters']"));
        server.addBuild(RUNNING_BUILD, "FINISHED", 100, null);
        server.changeBuild(RUNNING_BUILD, "name", "nightly");
        jenkins.runRemotely(Screenshots::awaitTheBuildThatItStarts);
        BROWSER.open(url + "job/sales-test/metakraftwerk-polling/");
        camera.take("polling-log", HEADER, By.cssSelector("#main-panel table"));
    }

    /** A minute, as a schedule has it. */
    private static void awaitTheBuildThatItStarts(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("sales-test", WorkflowJob.class);
        Waits.until("a build by the trigger", () -> job.getLastBuild() != null);
        jenkins.waitUntilNoActivity();
    }

    private static void askAndWatch(JenkinsRule jenkins) throws Exception {
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

    private static void deploy(JenkinsRule jenkins) throws Exception {
        jenkins.buildAndAssertStatus(Result.SUCCESS, job(jenkins, "deploy", DEPLOY));
        jenkins.buildAndAssertStatus(
                Result.FAILURE, job(jenkins, "deploy-what-is-not-there", DEPLOY_WHAT_IS_NOT_THERE));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }
}
