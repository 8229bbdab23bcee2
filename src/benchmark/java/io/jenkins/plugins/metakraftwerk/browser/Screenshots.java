package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_AGENT_GROUP_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Certificates;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import org.openqa.selenium.By;

/** Takes the pictures of {@code docs/images}; docs/development.md says how. */
class Screenshots {

    private static final By HEADER = By.id("page-header");
    private static final By[] OVERVIEW = {By.cssSelector("#main-panel h1"), By.cssSelector(".metakraftwerk-overview__server:last-of-type")};
    private static final By TABLE = By.cssSelector(".metakraftwerk-overview");
    private static final By IN_PROD = By.cssSelector(".metakraftwerk-overview__target--other");
    private static final By OF_UNKNOWN_OUTCOME = By.cssSelector(".metakraftwerk-overview__target--perhaps");

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
            jenkins.runRemotely(Scenes::configure, tunnel.port());
            url = jenkins.getUrl().toString();
            camera = new Camera(BROWSER, Path.of("docs", "images"));
            // Before the first list of builds, which is kept for a minute.
            server.changeBuild(FINISHED_BUILD, "name", "nightly");
            system();
            jenkins.runRemotely(Scenes::lendToAll);
            freestyle();
            snippet();
            builds();
            overview(server);
            chooseABuild(server);
            overviewOfWhoMayReadOneFolder();
        }
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
        takeDark("freestyle-dark", By.cssSelector(JobPage.STEP));
    }

    private void takeDark(String name, By... elements) throws IOException {
        String theme = System.getProperty("darkTheme");
        if (theme != null) {
            darken(Files.readString(Path.of(theme)));
            camera.take(name, elements);
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
        step.choose("buildId", String.valueOf(FINISHED_BUILD));
        step.choose("pattern", PATTERN);
        step.choose("deployment", DEV);
        step.choose("agentGroup", AGENT_GROUP);
    }

    private void builds() throws Throwable {
        jenkins.runRemotely(Scenes::deploy);
        BROWSER.open(url + "job/deploy/1/");
        camera.take("build", HEADER, By.id("tasks"));
        BROWSER.open(url + "job/deploy/1/metakraftwerk/");
        camera.take("deployments", HEADER, By.cssSelector("#main-panel table"));
        camera.height(PHONE_HEIGHT);
        BROWSER.openNarrow(url + "job/deploy/1/metakraftwerk/", PHONE_WIDTH);
        // Of the page behind the frame, nothing is to be seen beside it.
        BROWSER.driver().executeScript("document.getElementById('narrow').style.boxShadow = '0 0 0 100vw white'");
        camera.take("deployments-narrow", By.id("narrow"));
        camera.height(Camera.HEIGHT);
        BROWSER.open(url + "job/deploy/1/console");
        camera.take("console", HEADER, By.cssSelector("#main-panel pre"));
        BROWSER.open(url + "job/deploy-what-is-not-there/1/console");
        camera.take("troubleshooting", HEADER, By.cssSelector("#main-panel pre"));
    }

    private void overview(StandInServer server) throws Throwable {
        server.acceptAnyBuild();
        server.addDeployment(34, OTHER_PATTERN_ID, TEST);
        server.addDeployment(35, OTHER_PATTERN_ID, PROD);
        jenkins.runRemotely(Scenes::deployEverywhere);
        server.addBuildDeployment(5150, PATTERN_ID, PROD_ID, null, OTHER_AGENT_GROUP_ID);
        jenkins.runRemotely(Scenes::deployFarAndWide);
        BROWSER.open(url + "metakraftwerk/");
        camera.take("overview", OVERVIEW);
        takeDark("overview-dark", OVERVIEW);
        BROWSER.open(url + "metakraftwerk/?filter=HLS");
        BROWSER.click(By.cssSelector(".metakraftwerk-compare"));
        BROWSER.visible(By.cssSelector(".metakraftwerk-overview__there--other"));
        BROWSER.driver().executeScript("arguments[0].focus()", BROWSER.visible(IN_PROD));
        camera.takeFocused("overview-compared", HEADER, TABLE, By.cssSelector(".metakraftwerk-more"));
        BROWSER.open(url + "metakraftwerk/?filter=CUSTOMER");
        BROWSER.click(By.cssSelector(".metakraftwerk-overview__target"));
        camera.take("target", By.cssSelector("#main-panel h1"), By.cssSelector("#main-panel table"));
        BROWSER.open(url + "metakraftwerk/?filter=PRODUCT");
        BROWSER.click(OF_UNKNOWN_OUTCOME);
        BROWSER.click(By.cssSelector(".metakraftwerk-settle summary"));
        camera.take("settle", By.cssSelector("#main-panel h1"), By.cssSelector("#main-panel tbody tr:nth-child(3)"));
    }

    private void overviewOfWhoMayReadOneFolder() throws Throwable {
        jenkins.runRemotely(Scenes::letEverybodyReadOneFolder);
        BROWSER.open(url + "metakraftwerk/");
        camera.take("overview-one-folder", OVERVIEW);
    }

    private void chooseABuild(StandInServer server) throws Throwable {
        server.addBuild(RUNNING_BUILD, "BUILDING", 40, null);
        server.changeBuild(RUNNING_BUILD, "name", "nightly");
        jenkins.runRemotely(Scenes::askAndWatch);
        BROWSER.open(url + "job/sales-production/build?delay=0sec");
        BROWSER.type(By.cssSelector("[name='parameter'] input[name='value']"), "night");
        BROWSER.click(By.cssSelector(".metakraftwerk-list__entry"));
        camera.take("build-parameter", HEADER, By.cssSelector("form[name='parameters']"));
        server.addBuild(RUNNING_BUILD, "FINISHED", 100, null);
        server.changeBuild(RUNNING_BUILD, "name", "nightly");
        jenkins.runRemotely(Scenes::awaitTheBuildThatItStarts);
        BROWSER.open(url + "job/sales-test/metakraftwerk-polling/");
        camera.take("polling-log", HEADER, By.cssSelector("#main-panel table"));
    }
}
