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
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ListView;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AuthorizationStrategy;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
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
import jenkins.model.Jenkins;
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
import org.jvnet.hudson.test.MockAuthorizationStrategy;

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

    /** What the cells of an overview say, in their order: the deployment, the two lines, and what the tooltip has. */
    private List<String> cells(String path) throws Exception {
        return open(path).querySelectorAll(".metakraftwerk-overview__target").stream()
                .map(cell -> (cell.getTextContent().replace('\u00a0', ' ') + " / "
                                + ((DomElement) cell).getAttribute("data-more"))
                        .replaceAll("\\s+", " ")
                        .strip())
                .toList();
    }

    @Test
    void deploymentsOfAPatternStandSideBySideAndWhatLagsBehindIsMarked() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        Past.forJob(app).created(DEV, DEV_ID, 5140, 3).created(PROD, PROD_ID, 5139, 1);
        Past.forJob(other).by("bob").adopted(TEST, TEST_ID, 5140, 4);
        HtmlPage page = open("metakraftwerk/");
        assertThat(page.getTitleText()).isEqualTo("What is deployed where - Jenkins");
        assertThat(page.querySelectorAll(".metakraftwerk-overview tbody > tr")).hasSize(1);
        List<String> cells = cells("metakraftwerk/");
        assertThat(cells).hasSize(3);
        assertThat(cells.get(0))
                .startsWith(DEV)
                .contains("5140", " since ", "team » app #1, started by alice", "on DEV_AGENTS", "build deployment 3");
        assertThat(cells.get(1)).startsWith(TEST).contains("5140", "known since", "other #1, started by bob");
        assertThat(cells.get(2)).startsWith(PROD).contains("5139", "behind " + DEV + ", which has 5140");
        assertThat(cells.get(0) + cells.get(1)).doesNotContain("behind");
        assertThat(cells(folder.getUrl() + "metakraftwerk/")).hasSize(2);
        assertThat(cells(app.getUrl() + "metakraftwerk/")).hasSize(2);
        assertThat(cells(other.getUrl() + "metakraftwerk/")).hasSize(1);
    }

    @Test
    void aLaterAttemptThatMayHaveLandedStandsBesideWhatIsThere() throws Exception {
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1).unknown(DEV, null, 5140, "The answer was lost");
        Past.forJob(app).failed(TEST, null, 5140, "No such deployment");
        List<String> cells = cells("metakraftwerk/");
        assertThat(cells.get(0)).contains("5139", "perhaps 5140");
        assertThat(cells.get(1)).contains("nothing known to be there", "last attempt, with build 5140", "failed");
    }

    @Test
    void patternsAreRowsAndWhatSeveralOfThemHaveAreColumns() throws Exception {
        Past.forJob(app).created("Z", 3, 5139, 1).created("A", 9, 5139, 2).created("ONLY", 1, 5139, 3);
        Past.forJob(app)
                .pattern(OTHER_PATTERN, OTHER_PATTERN_ID)
                .created("A", 31, 5139, 4)
                .created("Z", 32, 5139, 5);
        Past.forJob(app).pattern("THIRD", 13L).failed("A", 51L, 5139, "No").failed("B", 52L, 5139, "No");
        Past.forJob(app).pattern("FOURTH", 14L).failed("B", 62L, 5139, "No");
        HtmlPage page = open("metakraftwerk/");
        assertThat(texts(page, ".metakraftwerk-overview thead th[scope=col]"))
                .as("in the order of the lowest ids; not what never landed")
                .containsExactly("Pattern", "Z", "A", "Other deployments");
        assertThat(texts(page, ".metakraftwerk-overview tbody th[scope=row]"))
                .containsExactly(PATTERN + "#11", OTHER_PATTERN + "#12", "FOURTH#14", "THIRD#13");
        assertThat(page.querySelectorAll(".metakraftwerk-overview tbody tr:first-child td").stream()
                        .map(cell -> ((DomElement) cell)
                                .querySelectorAll(".metakraftwerk-overview__deployment").stream()
                                        .map(name -> name.getTextContent()
                                                .replace('\u00a0', ' ')
                                                .strip())
                                        .toList()))
                .containsExactly(List.of("Z"), List.of("A"), List.of("ONLY"));
        assertThat(texts(page, "label[for=metakraftwerk-overview-never]"))
                .containsExactly("Also what never landed (3)");
    }

    private static List<String> texts(HtmlPage page, String selector) {
        return page.querySelectorAll(selector).stream()
                .map(node ->
                        node.getTextContent().replace('\u00a0', ' ').strip().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void eachServerHasATableWhichSaysWhereNothingMayBeDeployed() throws Exception {
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1);
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        MetaKraftwerkServer first = configuration.getServers().get(0);
        MetaKraftwerkServer second = new MetaKraftwerkServer("a-second", "https://second.example");
        second.setFrozen("Year <end>");
        try {
            configuration.setServers(List.of(second));
            Past.forJob(app).created(DEV, DEV_ID, 5140, 2);
            configuration.setServers(List.of(first, second));
            HtmlPage page = open("metakraftwerk/");
            assertThat(texts(page, ".metakraftwerk-overview__server h2")).containsExactly("a-second", first.getName());
            assertThat(texts(page, ".metakraftwerk-overview__server:first-of-type p")
                            .get(0))
                    .contains("Frozen, so nothing may be deployed there for now: Year <end>");
            assertThat(texts(page, ".metakraftwerk-overview__frozen")).hasSize(1);
        } finally {
            configuration.setServers(List.of(first));
        }
    }

    @Test
    void sinceIsWhenTheBuildCameAndNotItsLastRepeat() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        Past.forJob(app)
                .created(DEV, DEV_ID, 5138, 1)
                .created(DEV, DEV_ID, 5139, 2)
                .created(DEV, DEV_ID, 5139, 3);
        assertThat(cells("metakraftwerk/").get(0)).contains("since " + date(1), "deployed again " + date(0));
        Past.forJob(other).created(DEV, DEV_ID, 5140, 4);
        Past.forJob(app).created(DEV, DEV_ID, 5139, 5);
        assertThat(cells("metakraftwerk/").get(0))
                .as("another one was there in between")
                .contains("since " + date(0))
                .doesNotContain("deployed again");
    }

    @Test
    void whatFailedForAMistypedNameGoesWhenTheJobLands() throws Exception {
        FreeStyleProject other = folder.createProject(FreeStyleProject.class, "other");
        Past.forJob(app).created(DEV, DEV_ID, 5138, 1).mistyped("DEPLOY_TO_DVE", 5139);
        Past.forJob(app).failed(TEST, null, 5139, "It is frozen");
        Past.forJob(other).created(DEV, DEV_ID, 5139, 2);
        assertThat(names()).as("no later attempt of the job has landed").contains("DEPLOY_TO_DVE", TEST);
        Past.forJob(app).created(PROD, PROD_ID, 5139, 3);
        assertThat(names()).as("and what failed for another reason stays").containsExactlyInAnyOrder(DEV, PROD, TEST);
    }

    private static List<String> names() {
        return new OverviewSubject(null)
                .lines().stream().map(line -> line.last().deployment()).toList();
    }

    @Test
    void theMenuSaysToAdministratorsHowManyTargetsAreInDoubt() throws Exception {
        RootOverview menu = ExtensionList.lookupSingleton(RootOverview.class);
        Past.forJob(app)
                .created(DEV, DEV_ID, 5139, 1)
                .unknown(DEV, DEV_ID, 5140, "Lost")
                .unknown(TEST, TEST_ID, 5140, "Lost");
        UnknownOutcomeCount.get()
                .show(app, new OverviewSubject(app).lines().get(0).perhaps());
        TestWaits.until(
                "both are counted",
                () -> menu.getBadge() != null && menu.getBadge().getText().equals("2"));
        assertThat(menu.getBadge().getTooltip())
                .isEqualTo("Deployments with an unknown outcome: something else may be there (2)");
        try (ACLContext as = ACL.as2(Jenkins.ANONYMOUS2)) {
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .toEveryone());
            assertThat(menu.getBadge()).as("for administrators only").isNull();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        }
        Past.forJob(app).created(DEV, DEV_ID, 5141, 2);
        UnknownOutcomeCount.get()
                .show(app, new OverviewSubject(app).lines().get(0).now());
        TestWaits.until("one is settled", () -> menu.getBadge().getText().equals("1"));
        for (TargetLine line : DeploymentHistory.targets(jenkins.jenkins)) {
            DeploymentHistory.clear(jenkins.jenkins, line.key());
        }
        UnknownOutcomeCount.get().mayBeFewer();
        TestWaits.until("none is left", () -> menu.getBadge() == null);
    }

    /** When an attempt at the only target ended; the newest is 0. */
    private static String date(int number) {
        OverviewSubject all = new OverviewSubject(null);
        TargetKey key = all.lines().get(0).key();
        return new ShownAttempt(key, all.history(key, number, 1).get(0))
                .getDateText()
                .replaceAll("\\s+", " ");
    }

    @Test
    void onlyABuildWhoseNumberStillExistsIsALink() throws Exception {
        jenkins.buildAndAssertSuccess(app);
        Past.forJob(app).in(1).created(DEV, DEV_ID, 5139, 1).in(2).created(DEV, DEV_ID, 5140, 2);
        assertThat(openTarget("").querySelectorAll("a[href*='/build/1-']")).hasSize(1);
        assertThat(openTarget("").querySelectorAll("a[href*='/build/2-']")).isEmpty();
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
        assertThat(openTarget(again.getUrl()).querySelectorAll("a[href*='/build/']"))
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
        HtmlAnchor link = openTarget(place).querySelector("a[href*='/build/']");
        return link.getHrefAttribute()
                .substring(jenkins.jenkins.servletContext.getContextPath().length() + 1);
    }

    /** The page of the only target there. */
    private HtmlPage openTarget(String place) throws Exception {
        HtmlAnchor target = open(place + "metakraftwerk/").querySelector(".metakraftwerk-overview td a");
        return target.click();
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
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1);
        app.delete();
        app = folder.createProject(FreeStyleProject.class, "app");
        jenkins.buildAndAssertSuccess(app);
        AttemptRecord left = Attempts.ended(
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
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1);
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
        assertThat(cells("metakraftwerk/").get(0)).contains("5139", "deploy #1");
    }

    @Test
    void aHistoryIsPagedAndHasWhatFailedWithItsReason() throws Exception {
        Past past = Past.forJob(app);
        for (int i = 1; i <= TargetHistory.PAGE; i++) {
            past.in(i).created(DEV, DEV_ID, 5000 + i, i);
        }
        past.in(51).failed(DEV, DEV_ID, 5999, "The <b>reason</b>");
        String history = folder.getUrl() + "metakraftwerk/target/"
                + new OverviewSubject(app).lines().get(0).key().hash() + "/";
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
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1);
        assertThat(open(app.getUrl()).querySelectorAll("#tasks a[href*='metakraftwerk']"))
                .hasSize(1);
        assertThat(open(folder.getUrl()).querySelectorAll("#tasks a[href*='metakraftwerk']"))
                .hasSize(1);
    }

    @Test
    void thePageOfAJobAndTheColumnShowWhatLandedLast() throws Exception {
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class, "pipeline");
        for (Job<?, ?> job : List.of(app, pipeline)) {
            Past.forJob(job).created(DEV, DEV_ID, 5139, 1).failed(TEST, TEST_ID, 5140, "No");
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
        Past.forJob(only).unknown(DEV, DEV_ID, 5140, "The answer was lost");
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1).unknown(DEV, DEV_ID, 5140, "The answer was lost");
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
        Past.forJob(app).created(DEV, DEV_ID, 5139, 1);
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        List<MetaKraftwerkServer> before = configuration.getServers();
        String url = before.get(0).getUrl();
        try {
            configuration.setServers(List.of(new MetaKraftwerkServer("renamed", url)));
            Past.forJob(app).created(PROD, PROD_ID, 5139, 2).created(TEST, TEST_ID, 5139, 3);
            assertThat(text("metakraftwerk/"))
                    .contains("renamed")
                    .doesNotContain(before.get(0).getName());
            assertThat(cells("metakraftwerk/").stream().map(cell -> cell.split(" ")[0]))
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
        Past.forJob(app).pattern(OTHER_PATTERN, OTHER_PATTERN_ID).created("A", 31, 5139, 1);
        Past.forJob(app).created(PROD, PROD_ID, 5139, 2).created(DEV, DEV_ID, 5139, 3);
        assertThat(cells("metakraftwerk/").stream().map(cell -> cell.split(" ")[0]))
                .containsExactly(DEV, PROD, "A");
    }
}
