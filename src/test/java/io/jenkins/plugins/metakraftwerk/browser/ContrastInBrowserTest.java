package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.ListView;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.builds.BuildFinishedTrigger;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.history.LastDeploymentColumn;
import io.jenkins.plugins.metakraftwerk.history.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;

/** Every text of the plugin can be read, in light and in dark, and no page of it makes the browser warn of anything. */
class ContrastInBrowserTest {

    /** What is in a page of Jenkins, or in a form. */
    private static final String OURS = "[class*='metakraftwerk']";

    /** What is said of a field of the plugin, and by its buttons. */
    private static final String SAID = ".jenkins-form-item:has([checkurl*='metakraftwerk']) .validation-error-area,"
            + " [data-validate-button-descriptor-url*='metakraftwerk'] + .jenkins-validate-button__container__status";

    private static final String PAGE = "#main-panel";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private Folder folder;
    private FreeStyleProject job;
    private String root;
    private boolean dark;

    @BeforeEach
    void somethingToBeSeen() throws Exception {
        root = jenkins.getURL().toString();
        folder = jenkins.createProject(Folder.class, "sales");
        job = folder.createProject(FreeStyleProject.class, "release");
        job.getBuildersList().add(step("5139"));
        job.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition("MK_BUILD")));
        BuildFinishedTrigger trigger = new BuildFinishedTrigger("H * * * *");
        job.addTrigger(trigger);
        job.doReload();
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        job.getBuildersList().replaceBy(List.of(step("abc")));
        Past.forJob(job)
                .created(TEST, TEST_ID, 5139, 1)
                .created(DEV, DEV_ID, 5140, 2)
                .unknown(TEST, TEST_ID, 5140, "The answer was lost")
                .failed("NEVER", 99L, 5140, "Refused");
        ListView view = new ListView("view", folder);
        folder.addView(view);
        view.add(job);
        view.getColumns().add(new LastDeploymentColumn());
    }

    private static DeployBuilder step(String build) {
        DeployBuilder step = new DeployBuilder(build);
        step.setPattern("GONE");
        step.setDeployment(DEV);
        return step;
    }

    @AfterEach
    void nothingWasWarnedOf() throws Exception {
        List<String> messages = BROWSER.messages();
        Past.forgetAll();
        assertThat(messages).isEmpty();
    }

    private void open(String page) {
        BROWSER.open(page.startsWith("http") ? page : root + page);
        if (dark) {
            Contrast.darken(BROWSER);
        }
    }

    private void assertReadable(String name, String within) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(
                folder.resolve("contrast-" + name + (dark ? "-dark" : "") + ".png"),
                BROWSER.driver().getScreenshotAs(OutputType.BYTES));
        assertThat(Contrast.tooFaint(BROWSER, within)).as(name).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pages(boolean inTheDark) throws Exception {
        dark = inTheDark;
        open("metakraftwerk/");
        assertReadable("overview", PAGE);
        String target = BROWSER.visible(By.partialLinkText(TEST)).getDomProperty("href");
        open(target);
        assertReadable("target", PAGE);
        open(job.getUrl() + "metakraftwerk/");
        assertReadable("overview-of-job", PAGE);
        open(job.getUrl() + "1/metakraftwerk/");
        assertReadable("deployments", PAGE);
        open(job.getUrl() + "metakraftwerk-polling/");
        assertReadable("polling-log", PAGE);
        open(job.getUrl());
        assertReadable("job", OURS);
        open(job.getUrl() + "1/");
        assertReadable("build", OURS);
        open(folder.getUrl() + "view/view/");
        assertReadable("view", OURS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void forms(boolean inTheDark) throws Exception {
        dark = inTheDark;
        open(job.getUrl() + "configure");
        Form step = new Form(BROWSER, JobPage.STEP);
        assertThat(step.check("buildId")).contains("whole number");
        step.clear("pattern");
        step.type("pattern", "GONE" + Keys.TAB);
        assertThat(step.remark("pattern")).contains("no such entry");
        assertThat(step.note("deployment")).contains("GONE");
        step.checkNow();
        assertReadable("form", OURS + ", " + SAID);
        step.clear("buildId");
        step.type("buildId", "$BUILD_ID" + Keys.TAB);
        BROWSER.until("a warning", () -> step.check("buildId").contains("Jenkins build"));
        step.type("pattern", PATTERN + Keys.TAB);
        step.checkNow();
        step.awaitOffer("agentGroup", "DEV_AGENTS");
        assertReadable("form-of-patterns", OURS + ", " + SAID);
        open("manage/configure");
        SystemPage system = new SystemPage(BROWSER, root);
        if (dark) {
            Contrast.darken(BROWSER);
        }
        system.server().type("url", "nowhere" + Keys.TAB);
        system.server().check("url");
        assertReadable("system", OURS + ", " + SAID);
        open(folder.getUrl() + "configure");
        assertReadable("folder", OURS + ", " + SAID);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chooseABuild(boolean inTheDark) throws Exception {
        dark = inTheDark;
        By field = By.cssSelector("[name='parameter'] input[name='value']");
        open(job.getUrl() + "build?delay=0sec");
        BROWSER.type(field, "none" + Keys.TAB);
        BROWSER.text(By.cssSelector(".metakraftwerk-list__wrong"));
        assertReadable("wrong", OURS);
        BROWSER.type(field, "none");
        BROWSER.text(By.cssSelector(".metakraftwerk-list__note"));
        assertReadable("none", OURS);
        BROWSER.type(field, "51");
        BROWSER.visible(By.cssSelector(".metakraftwerk-list__entry"));
        BROWSER.visible(field).sendKeys(Keys.ARROW_DOWN);
        assertReadable("entries", OURS);
    }
}
