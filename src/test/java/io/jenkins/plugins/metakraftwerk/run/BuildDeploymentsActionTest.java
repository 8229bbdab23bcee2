package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build remembers: on its pages, in its remote API, and after a restart. */
class BuildDeploymentsActionTest {

    private static final String STEP =
            "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', agentGroup: 'DEV_AGENTS'";

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @BeforeEach
    void acceptBuilds() {
        server.acceptAnyBuild();
    }

    @Test
    void aPipelineShowsItAndKeepsItAcrossRestartsAndARename() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, STEP + "\n" + STEP + ", skipIfDeployed: true");
            assertRemembered(jenkins, run);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            assertRemembered(jenkins, job.getLastBuild());
            job.renameTo("renamed");
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("renamed", WorkflowJob.class);
            assertRemembered(jenkins, job.getLastBuild());
        });
    }

    private void assertRemembered(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        JSONArray deployments = remembered(jenkins, run.getUrl());
        assertThat(deployments.size()).isEqualTo(2);
        JSONObject created = deployments.getJSONObject(0);
        assertThat(created.getLong("buildId")).isEqualTo(5139);
        assertThat(created.getString("pattern")).isEqualTo("CORE_DV_HLS");
        assertThat(created.getString("deployment")).isEqualTo("DEPLOY_TO_DEV");
        assertThat(created.getLong("agentGroupId")).isEqualTo(41);
        assertThat(created.getString("server")).isEqualTo("stand-in");
        assertThat(created.getString("serverUrl")).isEqualTo(server.url());
        assertThat(created.getString("step")).isEqualTo("mkDeploy");
        assertThat(created.getString("outcome")).isEqualTo("CREATED");
        assertThat(deployments.getJSONObject(1).getString("outcome")).isEqualTo("SKIPPED");
        assertThat(page(jenkins, run.getUrl()))
                .contains(
                        "MetaKraftwerk deployments",
                        "CORE_DV_HLS → DEPLOY_TO_DEV",
                        "on stand-in, credential mk-token of the server");
        assertThat(page(jenkins, run.getUrl() + "metakraftwerk/")).contains("stand-in", "created", "skipped");
    }

    @Test
    void aFreestyleBuildShowsItToo() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject project = jenkins.createFreeStyleProject();
            DeployBuilder builder = new DeployBuilder("5139");
            builder.setPatternId("11");
            builder.setDeploymentId("21");
            project.getBuildersList().add(builder);
            FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
            JSONObject created = remembered(jenkins, build.getUrl()).getJSONObject(0);
            assertThat(created.getString("pattern")).isEqualTo("#11");
            assertThat(created.getString("step")).isEqualTo("metaKraftwerkDeploy");
        });
    }

    @Test
    void theSummaryShowsAFewAndPointsToThePageForTheRest() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(
                    jenkins, "for (int i = 1; i <= 7; i++) { mkDeploy buildId: i, patternId: 11, deploymentId: 21 }");
            assertThat(page(jenkins, run.getUrl()))
                    .contains("Build 7:", "Build 3:", "All 7 deployments")
                    .doesNotContain("Build 2:");
        });
    }

    @Test
    void whatABuildDoesNotKeepIsCounted() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, STEP);
            for (int i = 0; i < KeptAttempts.MOST + 4; i++) {
                AskedDeployment another = KeptAttemptsTest.asked("another " + i);
                BuildDeploymentsAction.record(run, RecordedDeployment.without(another, false, "why " + i, new Date()));
            }
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            JSONArray deployments = remembered(jenkins, run.getUrl());
            assertThat(deployments.size()).isEqualTo(KeptAttempts.MOST);
            assertThat(deployments.getJSONObject(0).getString("outcome")).isEqualTo("CREATED");
            assertThat(deployments.getJSONObject(1).getString("reason")).isEqualTo("why 5");
            assertThat(jenkins.getJSON(run.getUrl() + "metakraftwerk/api/json")
                            .getJSONObject()
                            .getInt("leftOut"))
                    .isEqualTo(5);
            assertThat(page(jenkins, run.getUrl())).contains("1000 of 1005 deployments");
            assertThat(page(jenkins, run.getUrl() + "metakraftwerk/"))
                    .contains("5 more attempts of this build are not shown: 1000 are kept.");
        });
    }

    @Test
    void aBuildThatDeployedNothingShowsNothing() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, "echo 'nothing'");
            assertThat(run.getAction(BuildDeploymentsAction.class)).isNull();
            assertThat(page(jenkins, run.getUrl())).doesNotContain("MetaKraftwerk");
        });
    }

    @Test
    void theRemoteApiSaysWhatAnOverviewSaysToo() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, STEP);
            JSONObject inBuild = remembered(jenkins, run.getUrl()).getJSONObject(0);
            JSONObject own = jenkins.getJSON(run.getUrl() + "metakraftwerk/api/json")
                    .getJSONObject()
                    .getJSONArray("deployments")
                    .getJSONObject(0);
            assertThat(own.toString()).isEqualTo(inBuild.toString());
            assertThat(own.getString("key")).isEqualTo(server.url() + " #11 #21");
            assertThat(own.getLong("buildDeploymentId")).isEqualTo(own.getLong("id"));
            assertThat(Instant.parse(own.getString("deployedAt")).toEpochMilli())
                    .isEqualTo(own.getLong("time"));
            assertThat(own.getJSONObject("jenkinsBuild").getString("url")).isEqualTo(jenkins.getURL() + run.getUrl());
            assertThat(own.getString("users")).isEqualTo("[]");
        });
    }

    @Test
    void aTabOfTheNewBuildPageLeadsThere() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = run(jenkins, STEP);
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            User.getById("alice", true)
                    .addProperty(new UserExperimentalFlagsProperty(Map.of("new-build-page.flag", "true")));
            JenkinsRule.WebClient browser =
                    jenkins.createWebClient().withJavaScriptEnabled(false).login("alice");
            HtmlPage overview = browser.goTo(run.getUrl());
            HtmlAnchor tab = overview.querySelector(".app-build-tabs a[href$='metakraftwerk']");
            HtmlPage page = tab.click();
            assertThat(page.querySelectorAll(".app-build-tabs a[href$='metakraftwerk']"))
                    .hasSize(1);
            assertThat(page.getBody().getTextContent()).contains("stand-in", "created", "DEPLOY_TO_DEV");
        });
    }

    private static WorkflowRun run(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertSuccess(job);
    }

    private static JSONArray remembered(JenkinsRule jenkins, String url) throws Exception {
        JSONArray actions = jenkins.getJSON(url + "api/json").getJSONObject().getJSONArray("actions");
        for (int i = 0; i < actions.size(); i++) {
            JSONArray deployments = actions.getJSONObject(i).optJSONArray("deployments");
            if (deployments != null) {
                return deployments;
            }
        }
        return new JSONArray();
    }

    private static String page(JenkinsRule jenkins, String url) throws Exception {
        return jenkins.createWebClient().goTo(url).getBody().getTextContent();
    }
}
