package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Point;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Somebody starts a job, and chooses the build by what people call it. */
class ChooseBuildInBrowserTest {

    private static final By FIELD = By.cssSelector("[name='parameter'] input[name='value']");
    private static final By ENTRY = By.cssSelector(".metakraftwerk-list__entry");
    private static final By REMARK = By.cssSelector("[name='parameter'] .metakraftwerk-list__remark");
    private static final By START = By.cssSelector("form[name='parameters'] .jenkins-button--primary");

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private final BuildParameterDefinition parameter = new BuildParameterDefinition("MK_BUILD");

    private FreeStyleProject job;

    @BeforeEach
    void aJobThatDeploysWhatIsChosen() throws Exception {
        jenkins.jenkins.setQuietPeriod(0);
        server.changeBuild(FINISHED_BUILD, "name", "nightly");
        for (long id = 5200; id < 5230; id++) {
            server.addBuild(id, "FINISHED", 100, null);
        }
        job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(parameter));
        DeployBuilder step = new DeployBuilder("${MK_BUILD}");
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        job.getBuildersList().add(step);
    }

    @AfterEach
    void nothingWasBlocked() {
        assertThat(BROWSER.violations()).isEmpty();
    }

    private String form() throws Exception {
        return jenkins.getURL() + job.getUrl() + "build?delay=0sec";
    }

    @Test
    void aBuildIsFoundByItsNameAndStarted() throws Exception {
        BROWSER.open(form());
        BROWSER.until(
                "the list without a click",
                () -> server.requests("GET", "/api/v1/builds").size() == 1);
        BROWSER.type(FIELD, "NIGHT");
        BROWSER.until("one that fits", () -> labels().size() == 1);
        assertThat(labels().get(0))
                .startsWith("5139 · nightly · finished 2025-06-01")
                .endsWith("CORE_DV_HUB");
        BROWSER.click(ENTRY);
        assertThat(BROWSER.visible(FIELD).getDomProperty("value")).isEqualTo("5139");
        assertThat(BROWSER.text(REMARK)).contains("nightly");
        BROWSER.click(START);

        BROWSER.until("A build", () -> job.getLastBuild() != null);
        FreeStyleBuild build = jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(job.getLastBuild()));
        assertThat(server.deployments())
                .singleElement()
                .satisfies(record -> assertThat(record.get("build_id").asLong()).isEqualTo(FINISHED_BUILD));
        BROWSER.open(jenkins.getURL() + build.getUrl() + "parameters/");
        assertThat(BROWSER.text(By.id("main-panel"))).contains("5139 · nightly");
    }

    /** What is said of an id that the list does not have must not push the button away while it is pressed. */
    @Test
    void anIdThatWasTypedIsStartedByOneClick() throws Exception {
        BROWSER.open(form());
        BROWSER.type(FIELD, "4711");
        WebElement start = BROWSER.visible(START);
        Point before = start.getLocation();
        Actions mouse = new Actions(BROWSER.driver());
        mouse.moveToElement(start).clickAndHold().perform();
        BROWSER.driver().executeAsyncScript("fetch('').then(arguments[0], arguments[0])");
        assertThat(start.getLocation()).isEqualTo(before);
        mouse.release().perform();
        BROWSER.until("A build", () -> job.getLastBuild() != null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(job.getLastBuild()));
    }

    private static List<String> labels() {
        return BROWSER.all(ENTRY).map(WebElement::getText).toList();
    }

    @Test
    void withoutAListTheReasonIsThereAndAnyIdMayBeTyped() throws Exception {
        parameter.setDefaultValue("5139");
        parameter.setServer("gone");
        BROWSER.open(form());
        assertThat(BROWSER.text(REMARK)).contains("There is no MetaKraftwerk server called 'gone'");
        assertThat(BROWSER.visible(FIELD).getDomProperty("value")).isEqualTo("5139");
        BROWSER.openNarrow(form(), 400);
        assertThat(BROWSER.narrowContent()).isLessThanOrEqualTo(400);
    }
}
