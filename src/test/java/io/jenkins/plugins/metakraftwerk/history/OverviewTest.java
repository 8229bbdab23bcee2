package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROD_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ListView;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.run.ShownAttempt;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What the overview, a history, a job's page and a list view show, and what their remote API answers. */
class OverviewTest {

    private static final Set<String> FIELDS = Set.of(
            "key",
            "server",
            "serverUrl",
            "pattern",
            "patternId",
            "deployment",
            "deploymentId",
            "buildId",
            "buildName",
            "buildDeploymentId",
            "agent",
            "agentGroup",
            "outcome",
            "credentialsId",
            "origin",
            "deployedAt",
            "jenkinsBuild",
            "saidBy",
            "users");

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private Folder folder;
    private FreeStyleProject app;

    @BeforeEach
    void createJobs() throws Exception {
        folder = jenkins.createProject(Folder.class, "team");
        app = folder.createProject(FreeStyleProject.class, "app");
    }

    @AfterEach
    void removeJobs() throws Exception {
        Past.forgetAll();
    }

    private HtmlPage open(String path) throws Exception {
        return jenkins.createWebClient().withJavaScriptEnabled(false).goTo(path);
    }

    private String text(String path) throws Exception {
        return open(path).getBody().asNormalizedText();
    }

    private List<?> api(String path, String list) throws Exception {
        return jenkins.getJSON(path + "api/json").getJSONObject().getJSONArray(list);
    }

    /** The cards of an overview, in their order. */
    private List<String> cards(String path) throws Exception {
        return open(path).querySelectorAll(".metakraftwerk-overview__target").stream()
                .map(card -> card.asNormalizedText().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void deploymentsOfAPatternStandSideBySideAndWhatLagsBehindIsMarked() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        Past.of(app).created(DEV, DEV_ID, 5140, 3).created(PROD, PROD_ID, 5139, 1);
        Past.of(other).by("bob").adopted(TEST, TEST_ID, 5140, 4);
        HtmlPage page = open("metakraftwerk/");
        assertThat(page.getTitleText()).isEqualTo("What is deployed where - Jenkins");
        assertThat(page.querySelectorAll(".metakraftwerk-overview tbody > tr")).hasSize(1);
        List<String> cards = cards("metakraftwerk/");
        assertThat(cards).hasSize(3);
        assertThat(cards.get(0))
                .startsWith(DEV)
                .contains("5140", " since ", "team » app #1 started by alice", "DEV_AGENTS");
        assertThat(cards.get(1)).startsWith(TEST).contains("5140", "known since", "other #1 started by bob");
        assertThat(cards.get(2)).startsWith(PROD).contains("5139", "behind " + DEV + ", which has 5140");
        assertThat(cards.get(0) + cards.get(1)).doesNotContain("behind");
        assertThat(cards(folder.getUrl() + "metakraftwerk/")).hasSize(2);
        assertThat(cards(app.getUrl() + "metakraftwerk/")).hasSize(2);
        assertThat(cards(other.getUrl() + "metakraftwerk/")).hasSize(1);
    }

    @Test
    void aLaterAttemptThatMayHaveLandedStandsBesideWhatIsThere() throws Exception {
        Past.of(app).created(DEV, DEV_ID, 5139, 1).unknown(DEV, null, 5140, "The answer was lost");
        Past.of(app).failed(TEST, null, 5140, "No such deployment");
        List<String> cards = cards("metakraftwerk/");
        assertThat(cards.get(0)).contains("5139", "perhaps 5140");
        assertThat(cards.get(1)).contains("nothing known to be there", "last attempt, with build 5140", "failed");
    }

    @Test
    void onlyABuildWhoseNumberStillExistsIsALink() throws Exception {
        jenkins.buildAndAssertSuccess(app);
        Past.of(app).in(1).created(DEV, DEV_ID, 5139, 1).in(2).created(TEST, TEST_ID, 5139, 2);
        HtmlPage page = open("metakraftwerk/");
        assertThat(page.querySelectorAll(".metakraftwerk-overview__target a[href*='/build/1-']"))
                .hasSize(1);
        assertThat(page.querySelectorAll(".metakraftwerk-overview__target a[href*='/build/2-']"))
                .isEmpty();
    }

    @Test
    void aLinkLeadsToTheBuildThatDeployedAndToNoneThatHasItsNumberNow() throws Exception {
        WorkflowJob again = folder.createProject(WorkflowJob.class, "again");
        again.setDefinition(new CpsFlowDefinition(
                "mkDeploy(buildId: 5139, pattern: '" + PATTERN + "', deployment: '" + DEV + "')", true));
        jenkins.buildAndAssertSuccess(again);
        for (String place : List.of("", folder.getUrl(), again.getUrl())) {
            assertThat(open(linkToBuild(place)).getUrl()).hasPath("/jenkins/" + again.getUrl() + "1/");
        }
        String old = linkToBuild("");
        again.getLastBuild().delete();
        again.updateNextBuildNumber(1);
        assertThat(open(again.getUrl() + "metakraftwerk/").querySelectorAll("a[href*='/build/']"))
                .isEmpty();
        again.setDefinition(new CpsFlowDefinition("echo 'another'", true));
        jenkins.buildAndAssertSuccess(again);
        assertThat(linkToBuild("")).isEqualTo(old);
        assertSaysGone(old);
        again.setDefinition(new CpsFlowDefinition(
                "mkDeploy(buildId: 5139, pattern: '" + PATTERN + "', deployment: '" + DEV + "')", true));
        again.updateNextBuildNumber(2);
        jenkins.buildAndAssertSuccess(again);
        assertThat(linkToBuild("")).isNotEqualTo(old).contains("/build/2-");
        assertSaysGone(old);
        assertSaysGone(linkToBuild("").replace("/build/2-", "/build/1-"));
    }

    /** From the root of Jenkins on. */
    private String linkToBuild(String place) throws Exception {
        HtmlAnchor link = open(place + "metakraftwerk/").querySelector("a[href*='/build/']");
        return link.getHrefAttribute()
                .substring(jenkins.jenkins.servletContext.getContextPath().length() + 1);
    }

    private void assertSaysGone(String link) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            HtmlPage page = browser.goTo(link);
            assertThat(page.getWebResponse().getStatusCode()).isEqualTo(404);
            assertThat(page.getBody().asNormalizedText())
                    .contains("The build team » again #1 that made this attempt is gone.");
        }
    }

    @Test
    void whatADeletedJobLeftIsShownAsSuchAndLinksToNoOtherJob() throws Exception {
        Past.of(app).created(DEV, DEV_ID, 5139, 1);
        app.delete();
        app = folder.createProject(FreeStyleProject.class, "app");
        jenkins.buildAndAssertSuccess(app);
        AttemptRecord left = Attempts.of(
                null,
                "s",
                "http://s",
                null,
                11L,
                null,
                21L,
                5139L,
                null,
                1L,
                null,
                null,
                "CREATED",
                null,
                "c",
                "STEP",
                0,
                app.getFullName(),
                1,
                "team » app #1",
                List.of(),
                true);
        TargetKey key = new TargetKey("http://s", "#11", "#21");
        ShownAttempt shown = new ShownAttempt(key, left);
        assertThat(shown.getBuildText()).isEqualTo("team » app #1 (deleted)");
        assertThat(shown.getBuildPath()).isNull();
        assertThat(shown.getPatternLabel()).isEqualTo("#11");
        ShownAttempt hidden = new ShownAttempt(key, left.ofSomeJob());
        assertThat(hidden.getBuildText()).isEqualTo("a deleted job");
        assertThat(hidden.getJenkinsBuild()).isNull();
    }

    @Test
    void theRemoteApiHasExactlyTheseFields() throws Exception {
        jenkins.buildAndAssertSuccess(app);
        Past.of(app).created(DEV, DEV_ID, 5139, 1);
        for (String place : List.of("", folder.getUrl(), app.getUrl())) {
            JSONObject target =
                    (JSONObject) api(place + "metakraftwerk/", "targets").get(0);
            assertThat(target.keySet()).isEqualTo(FIELDS);
            assertThat(target.getString("pattern")).isEqualTo(PATTERN);
            assertThat(target.getLong("buildDeploymentId")).isEqualTo(1);
            assertThat(target.getString("origin")).isEqualTo("SERVER");
            assertThat(Instant.parse(target.getString("deployedAt"))).isAfterOrEqualTo(Past.BEGIN);
            assertThat(target.getString("users")).isEqualTo("[\"alice\"]");
            assertThat(target.getJSONObject("jenkinsBuild").getString("url"))
                    .isEqualTo(jenkins.getURL() + app.getUrl() + "1/");
            String history = place + "metakraftwerk/target/" + hash(target.getString("key")) + "/";
            assertThat(api(history, "history")).hasToString("[" + target + "]");
        }
    }

    private static String hash(String key) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, 16);
    }

    @Test
    void whatAPipelineDeploysIsThereAndItsBuildSaysTheSame() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
        job.setDefinition(new CpsFlowDefinition(
                "mkDeploy buildId: 5139, pattern: '" + PATTERN + "', deployment: '" + DEV + "'", true));
        String build = jenkins.buildAndAssertSuccess(job).getUrl();
        JSONObject target = (JSONObject) api("metakraftwerk/", "targets").get(0);
        JSONObject deployment =
                (JSONObject) api(build + "metakraftwerk/", "deployments").get(0);
        assertThat(deployment.keySet()).containsAll(List.of("key", "buildDeploymentId", "jenkinsBuild", "users", "id"));
        for (String field : List.of("key", "buildDeploymentId", "deployedAt", "jenkinsBuild", "users", "origin")) {
            assertThat(target.getString(field)).as(field).isEqualTo(deployment.getString(field));
        }
        assertThat(cards("metakraftwerk/").get(0)).contains("5139", "deploy #1");
    }

    @Test
    void aHistoryIsPagedAndHasWhatFailedWithItsReason() throws Exception {
        Past past = Past.of(app);
        for (int i = 1; i <= TargetHistory.PAGE; i++) {
            past.in(i).created(DEV, DEV_ID, 5000 + i, i);
        }
        past.in(51).failed(DEV, DEV_ID, 5999, "The <b>reason</b>");
        String history = folder.getUrl() + "metakraftwerk/target/"
                + new Place(app).lines().get(0).key().hash() + "/";
        HtmlPage first = open(history);
        assertThat(first.getTitleText()).contains(PATTERN + " → " + DEV);
        assertThat(first.querySelectorAll(".metakraftwerk-deployments tbody > tr"))
                .hasSize(TargetHistory.PAGE);
        assertThat(first.querySelector(".metakraftwerk-deployments tbody > tr").asNormalizedText())
                .contains("5999", "failed", "The <b>reason</b>");
        assertThat(first.querySelectorAll("a[rel=prev]")).isEmpty();
        HtmlPage second = ((DomElement) first.querySelector("a[rel=next]")).click();
        assertThat(second.querySelectorAll(".metakraftwerk-deployments tbody > tr"))
                .hasSize(1);
        assertThat(second.querySelector(".metakraftwerk-deployments tbody > tr").asNormalizedText())
                .contains("5001");
        assertThat(second.querySelectorAll("a[rel=prev]")).hasSize(1);
        assertThat(second.querySelectorAll("a[rel=next]")).isEmpty();
    }

    @Test
    void whereNothingWasDeployedThePageSaysSoAndAJobHasNoLink() throws Exception {
        assertThat(text("metakraftwerk/")).contains("Nothing has been deployed from here yet");
        assertThat(api("metakraftwerk/", "targets")).isEmpty();
        assertThat(open(app.getUrl()).querySelectorAll("a[href*='metakraftwerk']"))
                .isEmpty();
        jenkins.createWebClient().assertFails("metakraftwerk/target/0123456789abcdef/", 404);
        Past.of(app).created(DEV, DEV_ID, 5139, 1);
        assertThat(open(app.getUrl()).querySelectorAll("#tasks a[href*='metakraftwerk']"))
                .hasSize(1);
        assertThat(open(folder.getUrl()).querySelectorAll("#tasks a[href*='metakraftwerk']"))
                .hasSize(1);
    }

    @Test
    void thePageOfAJobAndTheColumnShowWhatLandedLast() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "pipeline");
        for (Job<?, ?> job : List.of(app, pipeline)) {
            Past.of(job).created(DEV, DEV_ID, 5139, 1).failed(TEST, TEST_ID, 5140, "No");
            assertThat(text(job.getUrl()))
                    .contains("Last MetaKraftwerk deployment: build 5139, " + PATTERN + " → " + DEV);
        }
        ListView view = new ListView("view");
        jenkins.jenkins.addView(view);
        view.add(pipeline);
        view.add(jenkins.createFreeStyleProject("never"));
        view.getColumns().add(new LastDeploymentColumn());
        try {
            HtmlPage page = open("view/view/");
            assertThat(page.getBody().asNormalizedText())
                    .contains("Last MetaKraftwerk deployment", "5139, " + PATTERN + " → " + DEV);
            assertThat(page.querySelectorAll("td a[href$='job/pipeline/metakraftwerk/']"))
                    .hasSize(1);
        } finally {
            jenkins.jenkins.deleteView(view);
        }
    }

    @Test
    void thePageOfAJobAndTheColumnShowWhatPerhapsIsThere() throws Exception {
        WorkflowJob only = jenkins.createProject(WorkflowJob.class, "only");
        Past.of(only).unknown(DEV, DEV_ID, 5140, "The answer was lost");
        Past.of(app).created(DEV, DEV_ID, 5139, 1).unknown(DEV, DEV_ID, 5140, "The answer was lost");
        String perhaps = "perhaps build 5140, " + PATTERN + " → " + DEV;
        assertThat(text(only.getUrl())).contains("Last MetaKraftwerk deployment: " + perhaps);
        HtmlPage page = open(app.getUrl());
        assertThat(page.getBody().asNormalizedText())
                .contains("Last MetaKraftwerk deployment: build 5139, " + PATTERN + " → " + DEV, perhaps);
        ListView view = new ListView("view");
        jenkins.jenkins.addView(view);
        view.add(only);
        view.getColumns().add(new LastDeploymentColumn());
        try {
            assertThat(text("view/view/")).contains("perhaps 5140, " + PATTERN + " → " + DEV);
        } finally {
            jenkins.jenkins.deleteView(view);
        }
    }

    @Test
    void aServerIsCalledWhatItIsCalledToday() throws Exception {
        Past.of(app).created(DEV, DEV_ID, 5139, 1);
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        List<MetaKraftwerkServer> before = configuration.getServers();
        String url = before.get(0).getUrl();
        try {
            configuration.setServers(List.of(new MetaKraftwerkServer("renamed", url)));
            Past.of(app).created(PROD, PROD_ID, 5139, 2).created(TEST, TEST_ID, 5139, 3);
            assertThat(text("metakraftwerk/"))
                    .contains("renamed")
                    .doesNotContain(before.get(0).getName());
            assertThat(cards("metakraftwerk/").stream().map(card -> card.split(" ")[0]))
                    .as("in the order of their ids")
                    .containsExactly(DEV, TEST, PROD);
            configuration.setServers(List.of(
                    new MetaKraftwerkServer("first", url),
                    new MetaKraftwerkServer(before.get(0).getName(), url)));
            assertThat(ServerNames.now(before.get(0).getName(), before.get(0).normalUrl()))
                    .as("of two of an address, the one that is meant")
                    .isEqualTo(before.get(0).getName());
            assertThat(ServerNames.now("renamed", before.get(0).normalUrl())).isEqualTo("first");
            assertThat(ServerNames.now("gone", "https://nobody.example")).isEqualTo("gone");
        } finally {
            configuration.setServers(before);
        }
    }

    @Test
    void patternsAreInTheOrderOfTheirNames() throws Exception {
        Past.of(app).pattern(OTHER_PATTERN, OTHER_PATTERN_ID).created("A", 31, 5139, 1);
        Past.of(app).created(PROD, PROD_ID, 5139, 2).created(DEV, DEV_ID, 5139, 3);
        assertThat(cards("metakraftwerk/").stream().map(card -> card.split(" ")[0]))
                .containsExactly(DEV, PROD, "A");
    }

    @Test
    void whatOneAnswerDoesNotHaveIsInTheNext() throws Exception {
        for (int i = 0; i <= Overview.ROWS; i++) {
            Past.of(app).pattern("P%03d".formatted(i), 100L + i).created(DEV, 1000L + i, 5139, 10 + i);
        }
        HtmlPage first = open("metakraftwerk/");
        assertThat(first.querySelectorAll(".metakraftwerk-overview tbody > tr"))
                .hasSizeBetween(Overview.ROWS, Overview.ROWS + 1);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            String rest = browser.goTo("metakraftwerk/rest?from=" + Overview.ROWS)
                    .getWebResponse()
                    .getContentAsString();
            assertThat(rest).contains("P040").doesNotContain("P039", "<html");
        }
    }
}
