package io.jenkins.plugins.metakraftwerk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.ListView;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.LastDeploymentColumn;
import io.jenkins.plugins.metakraftwerk.history.Past;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;

/** No name of a server, however long, makes a page wider than the window. */
class LongNamesInBrowserTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private Folder folder;
    private WorkflowJob job;

    @BeforeEach
    void aFolder() throws Exception {
        folder = jenkins.createProject(Folder.class, "sales");
        job = folder.createProject(WorkflowJob.class, "release");
    }

    @AfterEach
    void nothingWasBlocked() throws Exception {
        assertThat(BROWSER.messages()).isEmpty();
        Past.forgetAll();
    }

    private void deploy(String name) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "mkDeploy(buildId: 5139, pattern: '" + name + "', deployment: '" + name + "')", true));
        jenkins.assertBuildStatus(Result.FAILURE, job.scheduleBuild2(0));
        Past.forJob(job)
                .by(name)
                .pattern(name, 7L)
                .created(name, 9, 5139, 1)
                .created(name + "2", 10, 5140, 2)
                .unknown(name, 9L, 5140, "Because of " + name);
        ListView view = new ListView("view", folder);
        folder.addView(view);
        view.add(job);
        view.getColumns().add(new LastDeploymentColumn());
    }

    private List<String> pages() {
        String overview = jenkins.getInstance().getRootUrl() + job.getUrl() + "metakraftwerk/";
        BROWSER.open(overview);
        String history = BROWSER.visible(By.cssSelector("a[href^='target/']")).getDomProperty("href");
        String root = jenkins.getInstance().getRootUrl();
        return Stream.of(
                        "metakraftwerk/",
                        folder.getUrl() + "metakraftwerk/",
                        folder.getUrl() + "view/view/",
                        job.getUrl() + "metakraftwerk/",
                        job.getUrl(),
                        job.getUrl() + "1/",
                        job.getUrl() + "1/metakraftwerk/",
                        history)
                .map(page -> page.startsWith("http") ? page : root + page)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"44, 1280", "78, 1280", "255, 1280", "78, 400", "255, 400"})
    void noPageScrollsSideways(int length, int width) throws Exception {
        deploy("P".repeat(length));
        assertThat(pages()).allSatisfy(page -> {
            BROWSER.openNarrow(page, width);
            assertThat(BROWSER.narrowContent()).as(page).isLessThanOrEqualTo(width);
        });
    }
}
