package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.scm.NullSCM;
import io.jenkins.plugins.metakraftwerk.fixture.RegisteredSteps;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.util.stream.Stream;
import jenkins.branch.BranchProperty;
import jenkins.branch.BranchSource;
import jenkins.branch.DefaultBranchPropertyStrategy;
import jenkins.branch.NoTriggerBranchProperty;
import jenkins.model.Jenkins;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The Snippet Generator wherever it is offered, for those who may use the lists and for those who may not. */
class SnippetGeneratorInBrowserTest {

    private static final String ADMIN = "admin";
    private static final String READER = "reader";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private static String url;

    @BeforeAll
    static void createJobs() throws Exception {
        JenkinsRule rule = SHARED.jenkins();
        url = rule.getURL().toString();
        rule.createProject(WorkflowJob.class, "job");
        rule.createProject(Folder.class, "folder").createProject(WorkflowJob.class, "job");
        branch(rule.createProject(WorkflowMultiBranchProject.class, "multibranch"));
        Setup.secure(rule).let(ADMIN, Jenkins.ADMINISTER).let(READER, Jenkins.READ, Item.READ, Item.EXTENDED_READ);
    }

    private static void branch(WorkflowMultiBranchProject project) throws Exception {
        BranchSource source = new BranchSource(new SingleSCMSource("main", new NullSCM()));
        source.setStrategy(new DefaultBranchPropertyStrategy(new BranchProperty[] {new NoTriggerBranchProperty()}));
        project.getSourcesList().add(source);
        project.scheduleBuild2(0).getFuture().get();
        assertThat(project.getItem("main")).isNotNull();
    }

    @AfterEach
    void nothingWasBlocked() {
        assertThat(BROWSER.messages()).isEmpty();
    }

    private static SnippetPage open(String user, String place) {
        BROWSER.driver().manage().deleteAllCookies();
        BROWSER.open(url + "login");
        BROWSER.type(By.id("j_username"), user);
        BROWSER.type(By.id("j_password"), user);
        BROWSER.submit();
        return new SnippetPage(BROWSER, url + place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "job/job/", "job/folder/job/job/", "job/multibranch/job/main/"})
    void whatIsChosenFromTheListsMakesTheShortestSnippet(String place) {
        SnippetPage page = open(ADMIN, place);
        Form step = page.step();
        step.choose("buildId", String.valueOf(FINISHED_BUILD));
        step.choose("pattern", PATTERN);
        step.choose("deployment", DEV);
        step.choose("agentGroup", AGENT_GROUP);
        assertThat(page.generate())
                .isEqualTo("mkDeploy agentGroup: 'DEV_AGENTS', buildId: 5139, deployment: 'DEPLOY_TO_DEV',"
                        + " pattern: 'CORE_DV_HLS'");
    }

    /** As on a page whose scripts come late. */
    @Test
    void aFieldThatWasClickedBeforeItsListIsAliveOpensItThen() {
        Form step = open(ADMIN, "job/job/").step();
        BROWSER.driver().executeScript("""
                        const alive = arguments[0].closest('.metakraftwerk-list');
                        const made = alive.cloneNode(true);
                        made.querySelectorAll("[class^='metakraftwerk-list__']").forEach((part) => part.remove());
                        delete made.dataset.ready;
                        alive.replaceWith(made);
                        made.querySelector('input').focus();
                        Behaviour.applySubtree(made, true);
                        """, BROWSER.visible(By.name("_.buildId")));
        BROWSER.until("A list", () -> step.offers("buildId").contains(String.valueOf(FINISHED_BUILD)));
    }

    @Test
    void theButtonChecksWhatIsTyped() {
        SnippetPage page = open(ADMIN, "job/job/");
        page.step().type("buildId", String.valueOf(FINISHED_BUILD));
        page.step().choose("pattern", PATTERN);
        page.step().choose("deployment", DEV);
        page.step().choose("agentGroup", AGENT_GROUP);
        assertThat(page.step().checkNow().lines())
                .containsExactly(
                        "Build 5139 is finished.",
                        "Build 5139 contains the pattern CORE_DV_HLS.",
                        "The pattern CORE_DV_HLS can be deployed.",
                        "The pattern CORE_DV_HLS has the deployment DEPLOY_TO_DEV.",
                        "An agent of the agent group DEV_AGENTS is online.",
                        "Nothing was deployed there before.");
        assertThat(SHARED.server().deployments()).isEmpty();
    }

    @Test
    void hardNamesAreQuotedForGroovy() {
        SnippetPage page = open(ADMIN, "job/job/");
        page.step().type("buildId", "5139");
        page.step().choose("pattern", HARD_PATTERN);
        page.step().choose("deployment", HARD_DEPLOYMENT);
        assertThat(page.generate())
                .isEqualTo("mkDeploy buildId: 5139,"
                        + " deployment: '100 % = \\\\\\'Ziel\\\\\\' #1; 数据', pattern: 'Käufer \"A\" <b>&/+?'");
    }

    @Test
    void theBuildStepOfFreestyleJobsIsNotTakenForTheStepOfPipelines() {
        open(ADMIN, "job/job/");
        assertThat(BROWSER.driver().findElements(By.cssSelector("select.dropdownList option")))
                .extracting(option -> option.getDomProperty("textContent").strip())
                .filteredOn(title -> title.contains("Deploy a MetaKraftwerk build"))
                .containsExactlyInAnyOrder(
                        "mkDeploy: Deploy a MetaKraftwerk build",
                        "metaKraftwerkDeploy: Deploy a MetaKraftwerk build in a freestyle job");
    }

    @Test
    void aFieldWithAListHasAnArrowThatOpensIt() {
        open(ADMIN, "job/job/");
        By box = By.cssSelector("form[name='config'] .metakraftwerk-list");
        Rectangle field = BROWSER.visible(box).findElement(By.tagName("input")).getRect();
        WebElement shown = BROWSER.visible(box).findElement(By.className("metakraftwerk-list__arrow"));
        Rectangle arrow = shown.getRect();
        assertThat(arrow.x).isBetween(field.x + field.width - 40, field.x + field.width - 15);
        assertThat(arrow.y).isBetween(field.y + 5, field.y + field.height - 15);
        new Actions(BROWSER.driver()).moveToElement(shown).click().perform();
        BROWSER.until(
                "its list",
                () -> BROWSER.all(By.cssSelector(".metakraftwerk-list__entry")).anyMatch(WebElement::isDisplayed));
    }

    @Test
    void eachStepHasOneSectionAdvanced() {
        open(ADMIN, "job/job/");
        Stream<String> steps = Stream.concat(RegisteredSteps.names(), Stream.of("metaKraftwerkDeploy"));
        for (String step : steps.toList()) {
            BROWSER.click(
                    By.xpath("//select[contains(@class, 'dropdownList')]/option[starts-with(., '" + step + ":')]"));
            BROWSER.until("the form of " + step, () -> sections() > 0);
            assertThat(sections()).as(step).isEqualTo(1);
        }
    }

    private static long sections() {
        return BROWSER.driver().findElements(By.cssSelector(".advanced-button")).stream()
                .filter(WebElement::isDisplayed)
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"params.MK_BUILD", "${params.MK_BUILD}", "env.MK_BUILD"})
    void aVariableIsToldToBeWrittenInTheScript(String typed) {
        SnippetPage page = open(ADMIN, "job/job/");
        page.step().type("buildId", typed + Keys.TAB);
        assertThat(page.step().check("buildId"))
                .contains("In the script, put " + typed.replaceAll("[${}]", "") + " in its place, without quotes");
    }

    /** Else the answer about what was there before may come last, and replace the one about what was typed. */
    @Test
    void onlyWhatIsTypedIsChecked() throws Exception {
        BROWSER.runInEachPage("""
                const real = window.fetch;
                window.checks = [];
                window.fetch = (url, what) => {
                  if (String(url).includes('checkBuildId')) {
                    window.checks.push(what.body);
                  }
                  return real(url, what);
                };
                """);
        SnippetPage page = open(ADMIN, "job/job/");
        page.step().type("buildId", "x" + Keys.TAB);
        assertThat(page.step().check("buildId")).contains("whole number");
        assertThat(BROWSER.driver().executeScript("return window.checks.join()"))
                .isEqualTo("value=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "job/job/", "job/multibranch/job/main/"})
    void whoMayNotUseTheCredentialIsToldSoAndGetsASnippetAllTheSame(String place) {
        SnippetPage page = open(READER, place);
        String reason = place.isEmpty() ? "only administrators" : "you have no permission";
        for (String field : new String[] {"pattern", "deployment", "agentGroup"}) {
            assertThat(page.step().note(field)).contains(reason);
            assertThat(page.step().offers(field)).isEmpty();
        }
        page.step().type("buildId", String.valueOf(FINISHED_BUILD));
        assertThat(page.generate()).isEqualTo("mkDeploy 5139");
    }
}
