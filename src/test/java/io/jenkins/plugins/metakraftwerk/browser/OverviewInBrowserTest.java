package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.Past;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Somebody looks in the morning what is live: sees it, filters it, sorts it, and asks the server. */
class OverviewInBrowserTest {

    private static final By ROWS = By.cssSelector(".metakraftwerk-overview tbody > tr");
    private static final By TARGETS = By.cssSelector(".metakraftwerk-overview__target");
    private static final By STATUS = By.cssSelector(".metakraftwerk-overview__status");
    private static final By NONE = By.cssSelector(".metakraftwerk-overview__none");
    private static final By ORDER = By.cssSelector("[data-parameter='order']");
    private static final By MORE = By.cssSelector(".metakraftwerk-more");
    private static final By FILTER = By.cssSelector(".metakraftwerk-overview__filter");

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private String url;

    @BeforeEach
    void deploy() throws Exception {
        url = jenkins.getURL() + "metakraftwerk/";
        Folder sales = jenkins.createProject(Folder.class, "sales");
        FreeStyleProject app = sales.createProject(FreeStyleProject.class, "release");
        jenkins.buildAndAssertSuccess(app);
        WorkflowJob hub = jenkins.createProject(Folder.class, "hub").createProject(WorkflowJob.class, "nightly");
        Past.forJob(app)
                .created(PROD, PROD_ID, 5138, record(PROD_ID, 5138))
                .created(TEST, TEST_ID, 5139, record(TEST_ID, 5139))
                .created(DEV, DEV_ID, 5140, record(DEV_ID, 5140))
                .unknown(TEST, TEST_ID, 5140, "The answer was lost");
        Past.forJob(hub)
                .by("bob")
                .pattern(OTHER_PATTERN, OTHER_PATTERN_ID)
                .adopted("HUB_TO_GIT", 32, 5139, 77)
                .failed(DEV, 31L, 5140, "Refused");
    }

    @AfterEach
    void nothingWasBlocked() throws Exception {
        assertThat(BROWSER.messages()).isEmpty();
        Past.forgetAll();
    }

    private long record(long deployment, long build) {
        return server.addBuildDeployment(build, PATTERN_ID, deployment, null, null);
    }

    private static List<String> shown(By by) {
        return BROWSER.all(by)
                .filter(WebElement::isDisplayed)
                .map(element -> element.getDomProperty("textContent").strip().split("[\\s\u00a0#]+")[0])
                .toList();
    }

    private static void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(folder.resolve(name + ".png"), BROWSER.driver().getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void filtersAndSortsWithoutAnotherPage() throws Exception {
        BROWSER.open(url);
        BROWSER.until("without what never landed", () -> shown(TARGETS).equals(List.of(DEV, TEST, PROD, "HUB_TO_GIT")));
        picture("overview");
        BROWSER.type(FILTER, "hub_to bob");
        BROWSER.until("The filter", () -> shown(TARGETS).equals(List.of("HUB_TO_GIT")));
        BROWSER.type(FILTER, "no such thing");
        BROWSER.until("None", () -> BROWSER.text(NONE).equals("Nothing matches"));
        clear();
        check("behind");
        BROWSER.until("What lags behind", () -> shown(TARGETS).equals(List.of(DEV, TEST, PROD)));
        check("behind");
        check("never");
        BROWSER.until("Also what never landed", () -> shown(TARGETS).size() == 5);
        assertThat(shown(ROWS).get(0)).isEqualTo(PATTERN);
        choose("order", "changed");
        BROWSER.until("The last change first", () -> shown(ROWS).get(0).equals(OTHER_PATTERN));
    }

    private static void check(String box) {
        BROWSER.click(By.cssSelector("label[for='metakraftwerk-overview-" + box + "']"));
    }

    private static void choose(String field, String value) {
        BROWSER.click(By.cssSelector("[data-parameter='" + field + "'] option[value='" + value + "']"));
    }

    /** As somebody does, of whom the page hears. */
    private static void clear() {
        BROWSER.visible(FILTER).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
    }

    @Test
    void whatIsChosenIsInTheAddressAndSurvivesReloadAndBack() {
        BROWSER.open(url);
        BROWSER.type(FILTER, "alice");
        check("look");
        choose("order", "changed");
        BROWSER.until("The address", () -> BROWSER.url().equals(url + "?filter=alice&order=changed&look=true"));
        BROWSER.driver().navigate().refresh();
        BROWSER.until("The same after a reload", OverviewInBrowserTest::isChosen);
        BROWSER.click(TARGETS);
        BROWSER.until("The history", () -> BROWSER.url().contains("/target/"));
        BROWSER.driver().navigate().back();
        BROWSER.until("The same after 'Back'", OverviewInBrowserTest::isChosen);
    }

    private static boolean isChosen() {
        return "alice".equals(BROWSER.visible(FILTER).getDomProperty("value"))
                && "changed".equals(BROWSER.visible(ORDER).getDomProperty("value"))
                && BROWSER.driver()
                        .findElement(By.id("metakraftwerk-overview-look"))
                        .isSelected()
                && shown(TARGETS).equals(List.of(DEV, TEST, PROD));
    }

    /** A mouse that goes onto it, the keyboard, and Escape. */
    @Test
    void theTooltipSaysTheRest() {
        BROWSER.open(url);
        WebElement dev = BROWSER.visible(TARGETS);
        assertThat(dev.getDomAttribute("aria-describedby")).isEqualTo("metakraftwerk-more");
        new Actions(BROWSER.driver()).moveToElement(dev).perform();
        assertThat(BROWSER.text(MORE)).contains(PATTERN + " → " + DEV, "5140", "sales » release #1, started by alice");
        new Actions(BROWSER.driver()).moveToElement(BROWSER.visible(MORE)).perform();
        assertThat(BROWSER.visible(MORE).getText()).contains(DEV);
        new Actions(BROWSER.driver()).sendKeys(Keys.ESCAPE).perform();
        BROWSER.until("Closed by Escape", () -> BROWSER.all(MORE).noneMatch(WebElement::isDisplayed));
        BROWSER.visible(ORDER).sendKeys(Keys.TAB, "");
        new Actions(BROWSER.driver()).moveToElement(BROWSER.visible(FILTER)).perform();
        BROWSER.driver().executeScript("arguments[0].focus()", dev);
        assertThat(BROWSER.text(MORE)).contains(DEV);
        new Actions(BROWSER.driver()).sendKeys(Keys.TAB).perform();
        BROWSER.until("Of the next one", () -> BROWSER.text(MORE).startsWith(PATTERN + " → " + TEST));
        assertThat(BROWSER.text(MORE)).contains("perhaps 5140", "The answer was lost");
        BROWSER.driver().executeScript("document.activeElement.blur()");
        BROWSER.until("Closed", () -> BROWSER.all(MORE).noneMatch(WebElement::isDisplayed));
    }

    /** What somebody makes of ten words and a tag. */
    @Test
    void theTooltipShowsTextOnly() throws Exception {
        FreeStyleProject app = jenkins.createFreeStyleProject("evil");
        Past.forJob(app).pattern("<img src=x onerror=alert(1)>", 99L).created("<b>D</b>", 98, 5139, 1);
        BROWSER.open(url + "?filter=img");
        new Actions(BROWSER.driver()).moveToElement(BROWSER.visible(TARGETS)).perform();
        assertThat(BROWSER.text(MORE)).startsWith("<img src=x onerror=alert(1)> → <b>D</b>");
        assertThat(BROWSER.all(By.cssSelector(".metakraftwerk-more *, .metakraftwerk-overview img")))
                .isEmpty();
    }

    @Test
    void twentyPatternsOfThreeDeploymentsAreSeenAtAGlance() throws Exception {
        FreeStyleProject app = jenkins.createFreeStyleProject("many");
        for (int i = 10; i < 30; i++) {
            Past past = Past.forJob(app).pattern("CORE_DV_NUMBER_" + i, 100L + i);
            for (int j = 1; j <= 3; j++) {
                past.created("DEPLOY_" + j, 1000 + 10 * i + j, 5000 + i - j, 100 * i + j);
            }
        }
        BROWSER.driver().manage().window().setSize(new Dimension(1280, 900));
        BROWSER.open(jenkins.getURL() + app.getUrl() + "metakraftwerk/");
        assertThat(BROWSER.all(TARGETS).filter(WebElement::isDisplayed)).hasSize(60);
        long height = (Long) BROWSER.driver().executeScript("return document.scrollingElement.scrollHeight");
        assertThat(height).isLessThanOrEqualTo(2000);
        picture("overview-twenty");
        BROWSER.driver().executeScript("window.scrollTo(0, 700)");
        long top = (Long) BROWSER.driver()
                .executeScript("return Math.round(document.querySelector('.metakraftwerk-overview thead th')"
                        + ".getBoundingClientRect().top - document.querySelector('#page-header')"
                        + ".getBoundingClientRect().bottom)");
        assertThat(top).as("The head stays in sight, below the bar of Jenkins").isBetween(-5L, 5L);
        picture("overview-scrolled");
        BROWSER.driver().manage().window().setSize(new Dimension(1200, 1000));
    }

    @Test
    void asksTheServerWhatOthersDid() throws Exception {
        long foreign = record(PROD_ID, 5150);
        BROWSER.open(url);
        BROWSER.type(FILTER, PATTERN);
        BROWSER.until("The filter", () -> shown(TARGETS).size() == 3);
        BROWSER.click(By.cssSelector(".metakraftwerk-compare"));
        BROWSER.until("An answer", () -> BROWSER.text(STATUS).startsWith("Compared"));
        assertThat(BROWSER.text(STATUS)).isEqualTo("Compared, different from what is known here: 1");
        assertThat(BROWSER.text(By.cssSelector(".metakraftwerk-overview__there--other")))
                .endsWith("⚠︎ 5150, not by this Jenkins (build deployment " + foreign + ")");
        assertThat(server.requests("GET", StandInServer.BUILD_DEPLOYMENTS)).hasSize(1);
        check("look");
        check("behind");
        BROWSER.until("It is known as other", () -> shown(TARGETS).size() == 3);
        picture("overview-compared");
    }

    @Test
    void leadsToTheHistoryAndFitsANarrowScreen() throws Exception {
        BROWSER.open(url);
        BROWSER.click(By.xpath("//a[contains(@class, 'overview__target')][contains(., '" + TEST + "')]"));
        assertThat(BROWSER.text(By.cssSelector("#main-panel table"))).contains("5140", "5139", "The answer was lost");
        picture("history");
        String history = BROWSER.url();
        for (String page : List.of(url, history)) {
            BROWSER.openNarrow(page, 400);
            assertThat(BROWSER.narrowContent()).as(page).isLessThanOrEqualTo(400);
            picture(page.equals(url) ? "overview-narrow" : "history-narrow");
        }
    }
}
