package io.jenkins.plugins.metakraftwerk.browser;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.EMAIL;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PASSWORD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What people do with the mouse: configure the server and a freestyle job, deploy, and look at what came of it. */
class DeployInBrowserTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private String url;

    @BeforeEach
    void beginAtOnce() throws Exception {
        url = jenkins.getURL().toString();
        jenkins.jenkins.setQuietPeriod(0);
    }

    @AfterEach
    void nothingWasBlocked() {
        assertThat(BROWSER.messages()).isEmpty();
    }

    private FreeStyleProject job(String pattern, String deployment) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        DeployBuilder step = new DeployBuilder(String.valueOf(FINISHED_BUILD));
        step.setPattern(pattern);
        step.setDeployment(deployment);
        job.getBuildersList().add(step);
        return job;
    }

    private JobPage page(FreeStyleProject job) {
        return new JobPage(BROWSER, url + job.getUrl());
    }

    /** The step as it is on the disk. */
    private static DeployBuilder saved(FreeStyleProject job) throws Exception {
        job.doReload();
        return job.getBuildersList().get(DeployBuilder.class);
    }

    private FreeStyleBuild ended(FreeStyleProject job) throws Exception {
        BROWSER.until("A build of " + job, () -> job.getLastBuild() != null);
        return jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(job.getLastBuild()));
    }

    private JsonNode sent() {
        return server.requests("POST", StandInServer.BUILD_DEPLOYMENTS).get(0).json();
    }

    @Test
    void everythingFromTheServerToTheDeploymentIsDoneByClicking() throws Exception {
        Setup.servers();
        SystemPage system = new SystemPage(BROWSER, url);
        system.addServer();
        system.server().type("name", "production");
        system.server().type("url", server.url());
        system.addCredential("mk-prod", EMAIL, PASSWORD);
        system.server().choose("credentialsId", "mk-prod");
        system.server().choose("usage", "all");
        assertThat(system.testConnection()).contains("3 patterns");
        system.save();

        JobPage page = JobPage.create(BROWSER, url, "by-clicking");
        page.addStep();
        Form step = page.step();
        step.type("buildId", String.valueOf(FINISHED_BUILD));
        step.choose("pattern", PATTERN);
        step.awaitOffer("deployment", PROD);
        assertThat(step.offers("deployment")).containsExactly(DEV, PROD, TEST);
        step.choose("pattern", OTHER_PATTERN);
        step.awaitOffer("deployment", "HUB_TO_GIT");
        assertThat(step.offers("deployment")).containsExactly(DEV, "HUB_TO_GIT");
        step.choose("deployment", "HUB_TO_GIT");
        step.choose("agentGroup", AGENT_GROUP);
        page.save();
        page.build();

        FreeStyleProject job = jenkins.jenkins.getItemByFullName("by-clicking", FreeStyleProject.class);
        FreeStyleBuild build = ended(job);
        assertThat(server.deployments()).hasSize(1).first().satisfies(record -> {
            assertThat(record.get("build_id").asLong()).isEqualTo(FINISHED_BUILD);
            assertThat(record.get("pattern_id").asLong()).isEqualTo(OTHER_PATTERN_ID);
            assertThat(record.get("agent_group_id").asLong()).isEqualTo(AGENT_GROUP_ID);
        });

        BROWSER.open(url + build.getUrl());
        assertThat(BROWSER.text(By.id("main-panel"))).contains(OTHER_PATTERN, "HUB_TO_GIT", "created");
        BROWSER.click(By.cssSelector("#main-panel a[href$='metakraftwerk/']"));
        assertThat(BROWSER.text(By.cssSelector("#main-panel table")))
                .contains(OTHER_PATTERN, "HUB_TO_GIT", AGENT_GROUP, "production", "created");

        BROWSER.openNarrow(url + build.getUrl() + "metakraftwerk/", 400);
        assertThat(BROWSER.narrowContent()).isLessThanOrEqualTo(400);

        BROWSER.open(url + build.getUrl() + "console");
        assertThat(BROWSER.visible(By.linkText("production")).getDomAttribute("href"))
                .isEqualTo(server.url());
    }

    @Test
    void theBuildIsChosenFromItsList() throws Exception {
        server.changeBuild(FINISHED_BUILD, "name", "nightly");
        FreeStyleProject job = job(PATTERN, DEV);
        job.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition("MK_BUILD")));
        job.save();
        JobPage page = page(job).configure();
        page.step().clear("buildId");
        page.step().choose("buildId", "5139");
        assertThat(page.step().remark("buildId")).startsWith("5139 · nightly · finished");
        BROWSER.click(By.xpath("//input[@name='_.waitForBuild']/following-sibling::label"));
        page.step().awaitOffer("buildId", "5140");
        page.step().choose("buildId", "${MK_BUILD}");
        page.save();
        assertThat(saved(job).getBuildId()).isEqualTo("${MK_BUILD}");
    }

    @Test
    void theButtonChecksTheFieldsOfItsOwnStep() throws Exception {
        FreeStyleProject job = job(PATTERN, TEST);
        DeployBuilder second = new DeployBuilder("5140");
        second.setPattern(OTHER_PATTERN);
        second.setDeployment(PROD);
        job.getBuildersList().get(DeployBuilder.class).setServer("gone");
        job.getBuildersList().add(second);
        page(job).configure();
        Form form = new Form(BROWSER, JobPage.STEP + " ~ " + JobPage.STEP);
        assertThat(form.checkNow())
                .contains("Build 5140 is not finished. To wait for it", "There is no deployment 'DEPLOY_TO_PROD'");
        BROWSER.click(By.xpath("(//input[@name='_.waitForBuild'])[2]/following-sibling::label"));
        BROWSER.until("Another answer", () -> form.checkNow().contains("BUILDING 40 %"));
        assertThat(server.deployments()).isEmpty();
    }

    @Test
    void aServerIsRemovedByClicking() {
        SystemPage system = new SystemPage(BROWSER, url);
        system.removeServer();
        system.save();
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).isEmpty();
    }

    @Test
    void aServerThatIsRemovedIsNotTheDefaultAnyMore() {
        SystemPage system = new SystemPage(BROWSER, url);
        system.addServer();
        system.lastServer().type("name", "production" + Keys.TAB);
        system.chooseDefaultServer("production");
        system.removeLastServer();
        BROWSER.until("No default", () -> system.defaultServer().isEmpty());
        system.addServer();
        system.lastServer().type("name", "another" + Keys.TAB);
        assertThat(system.defaultServer()).as("nobody chose it").isEmpty();
        system.removeLastServer();
        system.save();
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).hasSize(1);
    }

    @Test
    void hardNamesSurviveTheFormTheFileAndTheRequest() throws Exception {
        FreeStyleProject job = job(null, null);
        JobPage page = page(job).configure();
        page.step().choose("pattern", HARD_PATTERN);
        page.step().choose("deployment", HARD_DEPLOYMENT);
        page.step().awaitOffer("pattern", HARD_PATTERN);
        assertThat(page.step().labels("pattern")).contains(HARD_PATTERN + " (IICS, 0.9-β)");
        page.save();
        assertThat(saved(job).getPattern()).isEqualTo(HARD_PATTERN);
        assertThat(saved(job).getDeployment()).isEqualTo(HARD_DEPLOYMENT);

        page.build();
        FreeStyleBuild build = ended(job);
        assertThat(sent().get("pattern").asText()).isEqualTo(HARD_PATTERN);
        assertThat(sent().get("deployment").asText()).isEqualTo(HARD_DEPLOYMENT);
        assertThat(server.deployments().get(0).get("pattern_id").asLong()).isEqualTo(HARD_PATTERN_ID);
        BROWSER.open(url + build.getUrl() + "metakraftwerk/");
        assertThat(BROWSER.text(By.cssSelector("#main-panel table"))).contains(HARD_PATTERN, HARD_DEPLOYMENT);
    }

    @Test
    void aValueThatIsGoneFromTheServerStaysAfterAMereSave() throws Exception {
        FreeStyleProject job = job("OLD_PATTERN", "OLD_DEPLOYMENT");
        JobPage page = page(job).configure();
        page.step().awaitOffer("pattern", PATTERN);
        assertThat(page.step().note("deployment")).contains("OLD_PATTERN");
        assertThat(page.step().remark("pattern")).isEqualTo("The server has no such entry.");
        page.save();
        assertThat(saved(job).getPattern()).isEqualTo("OLD_PATTERN");
        assertThat(saved(job).getDeployment()).isEqualTo("OLD_DEPLOYMENT");
    }

    @Test
    void anUnreachableServerGivesItsReasonBesideTheFieldAndTheValueStays() throws Exception {
        server.close();
        FreeStyleProject job = job(PATTERN, DEV);
        JobPage page = page(job).configure();
        for (String field : List.of("pattern", "deployment", "agentGroup")) {
            assertThat(page.step().note(field)).contains("refused");
        }
        assertThat(page.step().value("pattern")).isEqualTo(PATTERN);
        page.save();
        assertThat(saved(job).getPattern()).isEqualTo(PATTERN);
        assertThat(saved(job).getDeployment()).isEqualTo(DEV);
    }

    @Test
    void whatIsClearedStaysClearedWhateverElseIsChanged() throws Exception {
        FreeStyleProject job = job(PATTERN, DEV);
        job.getBuildersList().get(DeployBuilder.class).setAgentGroup(AGENT_GROUP);
        job.save();
        JobPage page = page(job).configure();
        page.step().awaitOffer("agentGroup", AGENT_GROUP);
        page.step().clear("agentGroup");
        page.step().clear("deployment");
        page.step().choose("pattern", OTHER_PATTERN);
        page.step().awaitOffer("deployment", "HUB_TO_GIT");
        assertThat(page.step().value("agentGroup")).isEmpty();
        assertThat(page.step().value("deployment")).isEmpty();
        page.save();
        assertThat(saved(job).getAgentGroup()).isNull();
        assertThat(saved(job).getDeployment()).isNull();
        assertThat(saved(job).getPattern()).isEqualTo(OTHER_PATTERN);
    }

    @Test
    void aDeploymentThatTheNewPatternDoesNotHaveIsWarnedOf() throws Exception {
        JobPage page = page(job(PATTERN, PROD)).configure();
        page.step().choose("pattern", OTHER_PATTERN);
        assertThat(page.step().remark("deployment")).isEqualTo("The server has no such entry.");
    }

    @Test
    void aServerAndACredentialThatAreGoneAreGivenUpAtTheFirstTry() throws Exception {
        FreeStyleProject job = job(PATTERN, DEV);
        DeployBuilder step = job.getBuildersList().get(DeployBuilder.class);
        step.setServer("gone");
        step.setCredentialsId("gone");
        job.save();
        JobPage page = page(job).configure();
        page.showAdvanced();
        page.step().awaitOffer("credentialsId", "gone");
        page.step().clear("server");
        page.step().choose("credentialsId", "");
        page.step().choose("pattern", OTHER_PATTERN);
        page.save();
        assertThat(saved(job).getServer()).isNull();
        assertThat(saved(job).getCredentialsId()).isNull();
    }

    @Test
    void everythingCanBeChosenFromTheLists() throws Exception {
        Setup.servers(
                Setup.server("main", server.url(), Setup.TOKEN_ID),
                Setup.server("spare", server.url(), Setup.TOKEN_ID));
        FreeStyleProject job = job(null, null);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("GROUP")));
        JobPage page = page(job).configure();
        Form step = page.step();
        step.choose("pattern", HARD_PATTERN);
        step.choose("deployment", HARD_DEPLOYMENT);
        step.choose("agentGroup", "${GROUP}");
        page.showAdvanced();
        step.choose("server", "spare");
        step.choose("credentialsId", Setup.ACCOUNT_ID);
        page.save();
        DeployBuilder saved = saved(job);
        assertThat(saved.getPattern()).isEqualTo(HARD_PATTERN);
        assertThat(saved.getDeployment()).isEqualTo(HARD_DEPLOYMENT);
        assertThat(saved.getAgentGroup()).isEqualTo("${GROUP}");
        assertThat(saved.getServer()).isEqualTo("spare");
        assertThat(saved.getCredentialsId()).isEqualTo(Setup.ACCOUNT_ID);
    }

    @Test
    void aNameMayBeTypedWithAVariableInIt() throws Exception {
        FreeStyleProject job = job(PATTERN, DEV);
        JobPage page = page(job).configure();
        page.step().clear("deployment");
        page.step().type("deployment", "DEPLOY_TO_${STAGE}");
        page.save();
        assertThat(saved(job).getDeployment()).isEqualTo("DEPLOY_TO_${STAGE}");
    }

    @Test
    void nothingIsWrongBeforeSomethingWasTyped() throws Exception {
        JobPage page = JobPage.create(BROWSER, url, "untouched");
        page.addStep();
        page.step().note("deployment");
        assertThat(BROWSER.all(By.cssSelector(JobPage.STEP + " .error"))).isEmpty();
    }

    @Test
    void aServerWithoutANameOfItsOwnIsNotSaved() {
        SystemPage system = new SystemPage(BROWSER, url);
        system.addServer();
        assertThat(BROWSER.all(By.cssSelector(SystemPage.ERROR))).isEmpty();
        system.saveInVain();
        assertThat(BROWSER.text(By.cssSelector(SystemPage.ERROR))).contains("Give the server a name");
        system.lastServer().type("name", "stand-in");
        system.saveInVain();
        assertThat(BROWSER.text(By.cssSelector(".metakraftwerk-server-twice:not([hidden])")))
                .contains("Another server has this name");
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).hasSize(1);
    }

    @Test
    void whoMayUseACredentialIsChosenInTheForm() throws Exception {
        jenkins.createProject(Folder.class, "team-a");
        SystemPage system = new SystemPage(BROWSER, url);
        system.addServer();
        Form added = system.lastServer();
        added.type("name", "production");
        added.choose("usage", "listed");
        added.type("allowedItemsText", "team-a" + Keys.TAB);
        BROWSER.until(
                "What the entry covers",
                () -> added.check("allowedItemsText").equals("Folder 'team-a', with all that is in it."));
        assertThat(system.defaultServer()).as("who was alone").isEqualTo(Setup.SERVER);
        system.save();
        assertThat(MetaKraftwerkGlobalConfiguration.get().chosen(null).getName())
                .isEqualTo(Setup.SERVER);
        MetaKraftwerkServer saved = MetaKraftwerkGlobalConfiguration.get().chosen("production");
        assertThat(saved.isUsageRestricted()).isTrue();
        assertThat(saved.getAllowedItems()).containsExactly("team-a");
    }

    @Test
    void aNameThatIsMarkupIsShownAsText() throws Exception {
        String markup = "<img src=x onerror=alert(1)>";
        server.addPattern(61, markup, markup, markup, true, false, false);
        server.addDeployment(62, 61, markup);
        server.addAgentGroup(63, markup, markup);
        FreeStyleProject job = job(markup, markup);
        job.getBuildersList().get(DeployBuilder.class).setAgentGroup(markup);
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        page(job).configure().step().awaitOffer("agentGroup", markup);
        assertNoMarkup();
        for (String page : List.of("", "metakraftwerk/", "console")) {
            BROWSER.open(url + build.getUrl() + page);
            assertThat(BROWSER.text(By.id("main-panel"))).contains(markup);
            assertNoMarkup();
        }
    }

    private static void assertNoMarkup() {
        assertThat(BROWSER.all(By.cssSelector("img[src='x']"))).isEmpty();
    }
}
