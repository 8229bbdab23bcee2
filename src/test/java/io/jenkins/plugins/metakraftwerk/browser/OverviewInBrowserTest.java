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
import java.util.Comparator;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;

/** Somebody looks in the morning what is live: sees it, filters it, sorts it, and asks the server. */
class OverviewInBrowserTest {

    private static final By ROWS = By.cssSelector(".metakraftwerk-overview tbody > tr");
    private static final By CARDS = By.cssSelector(".metakraftwerk-overview__target");
    private static final By STATUS = By.cssSelector(".metakraftwerk-overview__status");
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
        Past.of(app)
                .created(PROD, PROD_ID, 5138, record(PROD_ID, 5138))
                .created(TEST, TEST_ID, 5139, record(TEST_ID, 5139))
                .created(DEV, DEV_ID, 5140, record(DEV_ID, 5140))
                .unknown(TEST, TEST_ID, 5140, "The answer was lost");
        Past.of(hub)
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
                .map(element -> element.getText().split("\n")[0])
                .toList();
    }

    private static void picture(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "pictures"));
        Files.write(folder.resolve(name + ".png"), BROWSER.driver().getScreenshotAs(OutputType.BYTES));
    }

    @Test
    void filtersAndSortsWithoutAnotherPage() throws Exception {
        BROWSER.open(url);
        assertThat(shown(CARDS)).containsExactly(DEV, TEST, PROD, DEV, "HUB_TO_GIT");
        assertThat(BROWSER.all(CARDS)
                        .limit(3)
                        .map(card -> card.getRect().getY())
                        .distinct())
                .as("Side by side")
                .hasSize(1);
        picture("overview");
        BROWSER.type(FILTER, "hub_to bob");
        BROWSER.until("The filter", () -> shown(CARDS).equals(List.of("HUB_TO_GIT")));
        BROWSER.type(FILTER, "no such thing");
        assertThat(BROWSER.text(STATUS)).isEqualTo("Nothing matches");
        BROWSER.type(FILTER, " ");
        BROWSER.click(By.cssSelector("label[for='metakraftwerk-overview-behind']"));
        BROWSER.until("What lags behind", () -> shown(CARDS).equals(List.of(DEV, TEST, PROD)));
        BROWSER.click(By.cssSelector("label[for='metakraftwerk-overview-behind']"));
        BROWSER.click(By.cssSelector(".metakraftwerk-overview thead a.sortheader"));
        BROWSER.until("Sorted down", () -> shown(ROWS).get(0).startsWith(OTHER_PATTERN));
        assertThat(BROWSER.url()).startsWith(url);
    }

    /** The first forty patterns come with the page, the others by themselves. */
    @Test
    void whatComesLaterIsSortedToo() throws Exception {
        FreeStyleProject app = jenkins.createFreeStyleProject("many");
        for (int i = 10; i < 60; i++) {
            Past.of(app).pattern("P" + i, 100L + i).created("D", 200 + i, 5139, 1000 + i);
        }
        BROWSER.open(url);
        BROWSER.until("all patterns", () -> shown(ROWS).size() == 52);
        BROWSER.click(By.cssSelector(".metakraftwerk-overview thead a.sortheader"));
        BROWSER.until("Sorted down", () -> shown(ROWS).get(0).startsWith("P59"));
        BROWSER.open(url);
        BROWSER.until("all patterns", () -> shown(ROWS).size() == 52);
        assertThat(shown(ROWS)).isSortedAccordingTo(Comparator.reverseOrder());
        BROWSER.driver().executeScript("sessionStorage.clear()");
    }

    @Test
    void asksTheServerWhatOthersDid() throws Exception {
        long foreign = record(PROD_ID, 5150);
        BROWSER.open(url);
        BROWSER.type(FILTER, PATTERN);
        BROWSER.until("The filter", () -> shown(CARDS).size() == 3);
        BROWSER.click(By.cssSelector(".metakraftwerk-compare"));
        BROWSER.until("An answer", () -> BROWSER.text(STATUS).startsWith("Compared"));
        assertThat(BROWSER.text(STATUS)).isEqualTo("Compared, other than known here: 1");
        assertThat(BROWSER.text(By.cssSelector(".metakraftwerk-overview__there--other")))
                .isEqualTo("5150, not by this Jenkins (build deployment " + foreign + ")");
        assertThat(server.requests("GET", StandInServer.BUILD_DEPLOYMENTS)).hasSize(1);
        picture("overview-compared");
    }

    @Test
    void leadsToTheHistoryAndFitsANarrowScreen() throws Exception {
        BROWSER.open(url);
        BROWSER.click(By.linkText(TEST));
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
