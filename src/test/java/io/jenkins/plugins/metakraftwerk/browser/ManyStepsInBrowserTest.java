package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;

/** A job with many build steps, whose page asks for nothing before somebody looks at a step. */
class ManyStepsInBrowserTest {

    private static final int STEPS = 20;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final StandInServer server = SHARED.server();

    private FreeStyleProject job;
    private String url;

    @BeforeEach
    void manySteps() throws Exception {
        Setup.servers(
                Setup.server("main", server.url(), Setup.TOKEN_ID),
                Setup.server("spare", server.url(), Setup.TOKEN_ID));
        job = SHARED.jenkins().createFreeStyleProject();
        for (int i = 0; i < STEPS; i++) {
            job.getBuildersList().add(step(i));
        }
        url = SHARED.jenkins().getURL() + job.getUrl();
    }

    @AfterEach
    void nothingWasBlocked() {
        assertThat(BROWSER.messages()).isEmpty();
    }

    private static DeployBuilder step(int number) {
        DeployBuilder step = new DeployBuilder(String.valueOf(FINISHED_BUILD + number));
        step.setPattern(PATTERN);
        step.setDeployment(DEV);
        step.setAgentGroup(AGENT_GROUP);
        step.setServer("spare");
        step.setCredentialsId(Setup.ACCOUNT_ID);
        step.setWaitForBuild(true);
        step.setWaitMinutes(number + 1);
        if (number == 0) {
            step.setPatternId("11");
        }
        return step;
    }

    private List<Map<String, Object>> saved() throws Exception {
        job.doReload();
        return job.getBuildersList().getAll(DeployBuilder.class).stream()
                .<Map<String, Object>>map(step -> new TreeMap<>(DescribableModel.of(DeployBuilder.class)
                        .uninstantiate2(step)
                        .getArguments()))
                .toList();
    }

    private static String chunk(int number) {
        return ".repeated-chunk:nth-child(" + number + " of " + JobPage.STEP + ")";
    }

    private static Form openSection(int number) {
        BROWSER.click(By.cssSelector(chunk(number) + " .advanced-button"));
        return new Form(BROWSER, chunk(number));
    }

    @Test
    void aPageWithManyStepsAsksForNothing() throws Exception {
        List<Map<String, Object>> before = saved();
        PageLoad.watch(BROWSER);
        PageLoad load = PageLoad.measure(BROWSER, url + "configure");
        assertThat(load.requests()).isNotEmpty().noneMatch(request -> request.contains(StepForm.InJob.class.getName()));
        assertThat(load.lists()).isLessThanOrEqualTo(10);
        assertThat(server.requests()).isEmpty();
        BROWSER.submit();
        assertThat(saved()).hasSize(STEPS).isEqualTo(before);
    }

    @Test
    void whatIsStoredIsInTheSectionOnceItIsOpen() throws Exception {
        List<Map<String, Object>> before = saved();
        BROWSER.open(url + "configure");
        Form last = openSection(STEPS);
        assertThat(last.value("server")).isEqualTo("spare");
        assertThat(last.value("waitMinutes")).isEqualTo(String.valueOf(STEPS));
        last.awaitOffer("credentialsId", Setup.TOKEN_ID);
        assertThat(last.value("credentialsId")).isEqualTo(Setup.ACCOUNT_ID);
        BROWSER.submit();
        assertThat(saved()).isEqualTo(before);
    }

    @Test
    void theSectionsStayWhenTheFirstStepIsDeleted() throws Exception {
        BROWSER.open(url + "configure");
        BROWSER.click(By.cssSelector(chunk(1) + " .repeatable-delete"));
        BROWSER.until(
                "One step less", () -> BROWSER.all(By.cssSelector(JobPage.STEP)).count() == STEPS - 1);
        Form first = openSection(1);
        first.choose("server", "main");
        first.choose("credentialsId", "");
        BROWSER.submit();
        assertThat(saved())
                .hasSize(STEPS - 1)
                .first()
                .satisfies(step -> assertThat(step)
                        .containsEntry("server", "main")
                        .containsEntry("waitMinutes", 2)
                        .doesNotContainKey("credentialsId"));
    }

    @Test
    void aFieldJudgesItselfAnewWhenTheSectionNamesAnotherServer() {
        BROWSER.open(url + "configure");
        Form second = openSection(2);
        second.type("server", "gone");
        second.clear("waitMinutes");
        assertThat(second.remark("pattern")).contains("gone");
    }

    @Test
    void anIdThatIsNoNumberIsCheckedAtOnceAndANumberWhenItChanges() throws Exception {
        job.getBuildersList().replaceBy(List.of(new DeployBuilder("wrong"), step(1)));
        BROWSER.open(url + "configure");
        assertThat(new Form(BROWSER, chunk(1)).check("buildId")).contains("whole number");
        Form second = new Form(BROWSER, chunk(2));
        second.type("buildId", "0");
        second.clear("pattern");
        assertThat(second.check("buildId")).contains("whole number");
    }
}
