package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.localizer.LocaleProvider;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Point;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Somebody starts a job, and chooses the build by what people call it. */
class ChooseBuildInBrowserTest {

    private static final By FIELD = By.cssSelector("[name='parameter'] input[name='value']");
    private static final By ENTRY = By.cssSelector(".metakraftwerk-list__entry");
    private static final By REMARK = By.cssSelector("[name='parameter'] .metakraftwerk-list__remark");
    private static final By NOTE = By.cssSelector(".metakraftwerk-list__note");
    private static final By WRONG = By.cssSelector(".metakraftwerk-list__wrong");
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
        assertThat(BROWSER.messages()).isEmpty();
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

    private static String attribute(By by, String name) {
        return BROWSER.visible(by).getDomAttribute(name);
    }

    private static String active() {
        return (String) BROWSER.driver()
                .executeScript(
                        "return document.getElementById(arguments[0].getAttribute('aria-activedescendant'))"
                                + "?.dataset.value ?? ''",
                        BROWSER.visible(FIELD));
    }

    private void press(Keys key, String active) {
        BROWSER.visible(FIELD).sendKeys(key);
        BROWSER.until("Moved to " + active, () -> active().equals(active));
    }

    @Test
    void oneThatTheListDoesNotShowIsFoundOnTheServerByItsName() throws Exception {
        for (long id = 6000; id < 6200; id++) {
            server.addBuild(id, "FINISHED", 100, null);
        }
        BROWSER.open(form());
        BROWSER.click(FIELD);
        BROWSER.until("the newest", () -> labels().size() == 100);
        assertThat(BROWSER.text(NOTE)).startsWith("131 more. Type a part");
        BROWSER.type(FIELD, "NIGHT");
        BROWSER.until("one that fits", () -> labels().size() == 1);
        assertThat(BROWSER.all(NOTE).filter(WebElement::isDisplayed)).isEmpty();
        BROWSER.click(ENTRY);
        assertThat(BROWSER.text(REMARK)).contains("nightly");
        assertThat(server.requests("GET", "/api/v1/builds")).hasSize(1);
        picture("many");
    }

    @Test
    void theListIsWalkedByKeysWhileTheFieldKeepsItsOwn() throws Exception {
        BROWSER.open(form());
        BROWSER.click(FIELD);
        BROWSER.until("the list", () -> labels().size() == 31);
        press(Keys.PAGE_DOWN, "5220");
        press(Keys.PAGE_DOWN, "5210");
        press(Keys.ARROW_DOWN, "5209");
        press(Keys.PAGE_UP, "5219");
        press(Keys.PAGE_UP, "5229");
        press(Keys.PAGE_UP, "5229");
        BROWSER.type(FIELD, "52");
        BROWSER.until("those that fit", () -> labels().size() == 30);
        BROWSER.visible(FIELD).sendKeys(Keys.HOME);
        assertThat(caret()).isZero();
        BROWSER.visible(FIELD).sendKeys(Keys.END);
        assertThat(caret()).isEqualTo(2);
        assertThat(active()).isEmpty();
    }

    private static long caret() {
        return (Long) BROWSER.driver().executeScript("return arguments[0].selectionStart", BROWSER.visible(FIELD));
    }

    @Test
    void whoCannotSeeTheListIsToldWhatItIsAndWhatItHas() throws Exception {
        BROWSER.open(form());
        BROWSER.type(FIELD, "no such build");
        BROWSER.until("none", () -> BROWSER.visible(NOTE).getText().startsWith("No build contains"));
        assertThat(BROWSER.visible(FIELD).getAccessibleName()).isEqualTo("MK_BUILD");
        assertThat(BROWSER.visible(FIELD).getAriaRole()).isEqualTo("combobox");
        assertThat(attribute(FIELD, "aria-autocomplete")).isEqualTo("list");
        By list = By.id(attribute(FIELD, "aria-controls"));
        assertThat(BROWSER.all(list).findFirst().orElseThrow())
                .satisfies(box -> assertThat(box.getDomAttribute("role")).isEqualTo("listbox"))
                .satisfies(box -> assertThat(box.getDomAttribute("aria-label")).isEqualTo("MK_BUILD"))
                .satisfies(box -> assertThat(box.findElements(By.xpath("*"))).isEmpty());
        assertThat(BROWSER.all(By.cssSelector("[role='status'].metakraftwerk-list__status"))
                        .map(status -> status.getDomProperty("textContent")))
                .containsExactly("No build contains this text. You can type any other id.");
        BROWSER.type(FIELD, "52");
        BROWSER.until("those that fit", () -> labels().size() == 30);
        assertThat(BROWSER.visible(list).findElements(By.cssSelector(":scope > :not([role='option'])")))
                .isEmpty();
    }

    @Test
    void whatIsNoIdIsSaidAtTheFieldAndTheOtherInputsStay() throws Exception {
        job.removeProperty(ParametersDefinitionProperty.class);
        job.addProperty(new ParametersDefinitionProperty(parameter, new StringParameterDefinition("WHY")));
        BROWSER.open(form());
        By why = By.cssSelector("[name='parameter']:has([value='WHY']) input[name='value']");
        BROWSER.type(why, "Because");
        BROWSER.click(START);
        assertThat(BROWSER.text(WRONG)).isEqualTo("Choose a build, or type its id.");
        BROWSER.type(FIELD, "5139.5" + Keys.TAB);
        BROWSER.until("what is wrong", () -> BROWSER.text(WRONG).startsWith("This is not the id of a build"));
        picture("wrong");
        BROWSER.click(START);
        BROWSER.until("marked", () -> "true".equals(attribute(FIELD, "aria-invalid")));
        assertThat(BROWSER.url()).isEqualTo(form());
        assertThat(BROWSER.driver().switchTo().activeElement()).isEqualTo(BROWSER.visible(FIELD));
        assertThat(BROWSER.visible(why).getDomProperty("value")).isEqualTo("Because");
        BROWSER.type(FIELD, "5139" + Keys.TAB);
        BROWSER.until("nothing wrong", () -> BROWSER.all(WRONG).noneMatch(WebElement::isDisplayed));
        BROWSER.click(START);
        BROWSER.until("A build", () -> job.getLastBuild() != null);
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(job.getLastBuild()));
    }

    @Test
    void allThatIsSaidIsSaidInGermanToo() throws Exception {
        for (long id = 6000; id < 6200; id++) {
            server.addBuild(id, "FINISHED", 100, null);
        }
        LocaleProvider ofTheHarness = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Locale.GERMAN;
            }
        });
        try {
            BROWSER.open(form());
            BROWSER.click(FIELD);
            assertThat(attribute(FIELD, "placeholder")).isEqualTo("Build auswählen oder seine ID eingeben");
            BROWSER.until("the rest", () -> BROWSER.text(NOTE).startsWith("131 weitere."));
            BROWSER.type(FIELD, "gibt es nicht");
            BROWSER.until("none", () -> BROWSER.text(NOTE).startsWith("Kein Build enthält"));
            picture("german");
            BROWSER.visible(FIELD).sendKeys(Keys.TAB);
            assertThat(BROWSER.text(WRONG)).startsWith("Das ist nicht die ID eines Builds");
            picture("german-wrong");
        } finally {
            LocaleProvider.setProvider(ofTheHarness);
        }
    }

    private WorkflowRun asking() throws Exception {
        WorkflowJob asking = jenkins.createProject(WorkflowJob.class);
        asking.setDefinition(new CpsFlowDefinition("""
                def id = input id: 'Promote', message: 'Which build?',
                    parameters: [metaKraftwerkBuild(name: 'MK_BUILD', alsoRunning: true)]
                echo "chosen: $id"
                """, true));
        WorkflowRun run = asking.scheduleBuild2(0).waitForStart();
        BROWSER.until("what is asked for", () -> run.getAction(InputAction.class) != null);
        BROWSER.open(jenkins.getInstance().getRootUrl() + run.getUrl() + "input/");
        return run;
    }

    @Test
    void anInputIsHeldUpAndAnsweredAtTheField() throws Exception {
        WorkflowRun run = asking();
        String url = BROWSER.url();
        BROWSER.type(FIELD, "nightly");
        BROWSER.click(By.name("proceed"));
        assertThat(BROWSER.text(WRONG)).startsWith("This is not the id of a build");
        assertThat(BROWSER.url()).isEqualTo(url);
        BROWSER.type(FIELD, "still running");
        BROWSER.until("one that is running", () -> labels().size() == 1);
        assertThat(labels()).first().asString().startsWith("5140 · Build 5140 · still running");
        picture("running");
        BROWSER.click(ENTRY);
        BROWSER.click(By.name("proceed"));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("chosen: 5140", run);
    }

    @Test
    void anInputIsAbortedWhateverIsInItsField() throws Exception {
        WorkflowRun run = asking();
        BROWSER.type(FIELD, "nightly");
        BROWSER.click(By.name("abort"));
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
    }

    private static void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(folder.resolve("choose-" + name + ".png"), BROWSER.driver().getScreenshotAs(OutputType.BYTES));
    }
}
