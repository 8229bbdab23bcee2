package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Result;
import hudson.triggers.SafeTimerTask;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.branch.BranchSource;
import jenkins.model.Jenkins;
import jenkins.scm.impl.SingleSCMSource;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** A person says what became of an attempt that ended unknown: who may, what can be said, and who goes by it. */
class TargetSettlementTest {

    private static final String DEPLOY =
            "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n";
    private static final String LOSE = "catchError(buildResult: 'SUCCESS') { " + DEPLOY + " }\n";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private Folder team;

    @BeforeEach
    void createFolder() throws Exception {
        team = jenkins.createProject(Folder.class, "team");
        Setup.secure(jenkins)
                .let("alice bob reader", Jenkins.READ)
                .let("alice bob reader", Item.READ)
                .let("admin", Jenkins.ADMINISTER)
                .grant(Item.CONFIGURE)
                .onFolders(team)
                .to("alice");
    }

    @AfterEach
    void forget() throws Exception {
        Past.forgetAll();
    }

    private int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    /** The next request does not arrive, and nobody can look for its record. */
    private WorkflowJob lose(String name, String then) throws Exception {
        int before = posts();
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        server.fault(
                request -> request.is("GET", BUILD_DEPLOYMENTS) && posts() > before, 1, Fault.error(403, "Not now"));
        WorkflowJob job = team.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(LOSE + then, true));
        return job;
    }

    private WorkflowJob lost(String name) throws Exception {
        WorkflowJob job = lose(name, "");
        jenkins.buildAndAssertSuccess(job);
        return job;
    }

    private static String compared(Job<?, ?> job) throws Exception {
        OverviewSubject place = new OverviewSubject(job);
        String hash = place.lines().get(0).key().hash();
        return new ServerComparison(place)
                .compare(Set.of(hash))
                .targets()
                .get(0)
                .get("text");
    }

    /** The work of its lost request, which comes to the server only now. */
    private long arrives(Long agentGroup) {
        return server.addBuildDeployment(5139, PATTERN_ID, DEV_ID, null, agentGroup);
    }

    private JenkinsRule.WebClient browser(String user) throws Exception {
        return jenkins.createWebClient()
                .withJavaScriptEnabled(false)
                .withThrowExceptionOnFailingStatusCode(false)
                .login(user, user);
    }

    /** The page of the only target. */
    private HtmlPage target(String user, String place) throws Exception {
        TargetLine line = new OverviewSubject(
                        place.isEmpty() ? null : Jenkins.get().getItemByFullName(place))
                .lines()
                .get(0);
        String url =
                place.isEmpty() ? "" : Jenkins.get().getItemByFullName(place).getUrl();
        return browser(user).goTo(url + "metakraftwerk/target/" + line.key().hash() + "/");
    }

    private static List<HtmlForm> forms(HtmlPage page) {
        return page.getForms().stream()
                .filter(form -> form.getActionAttribute().contains("OverviewForm/is"))
                .toList();
    }

    private HtmlPage sayThere(HtmlPage page, String record) throws Exception {
        HtmlForm form = forms(page).get(0);
        form.getInputByName("record").setValue(record);
        return send(form, (JenkinsRule.WebClient) page.getWebClient());
    }

    private HtmlPage sayNotThere(HtmlPage page) throws Exception {
        return send(forms(page).get(1), (JenkinsRule.WebClient) page.getWebClient());
    }

    /** As a browser does whose scripts have put a crumb into the form. */
    private static HtmlPage send(HtmlForm form, JenkinsRule.WebClient browser) throws Exception {
        String action = form.getActionAttribute().substring("/jenkins/".length());
        WebRequest request = new WebRequest(browser.createCrumbedUrl(action), HttpMethod.POST);
        List<NameValuePair> parameters = new ArrayList<>(request.getRequestParameters());
        for (HtmlInput input : form.<HtmlInput>getByXPath(".//input[@name]")) {
            parameters.add(new NameValuePair(input.getNameAttribute(), input.getValue()));
        }
        request.setRequestParameters(parameters);
        return browser.getPage(request);
    }

    private static String text(HtmlPage page) {
        return page.getBody().asNormalizedText();
    }

    /** What the overview of a place says, with what its tooltip says. */
    private String cells(String place) throws Exception {
        return browser("bob")
                .goTo(place + "metakraftwerk/")
                .querySelectorAll(".metakraftwerk-overview__target")
                .stream()
                .map(cell -> cell.getTextContent() + "\n" + ((DomElement) cell).getAttribute("data-more"))
                .collect(Collectors.joining("\n"));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> last(String page, String list) throws Exception {
        String json = browser("bob")
                .goTo(page + "api/json", "application/json")
                .getWebResponse()
                .getContentAsString();
        return JSONObject.fromObject(json).getJSONArray(list).getJSONObject(0);
    }

    /** Lines of the audit log with that event. */
    private static List<JSONObject> audited(String event) {
        Path file = SafeTimerTask.getLogsRoot().toPath().resolve("metakraftwerk-audit.jsonl");
        try {
            return Files.readAllLines(file).stream()
                    .map(JSONObject::fromObject)
                    .filter(line -> line.getString("event").equals(event) && line.has("saidBy"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsSaidNotToBeThereIsSentAgainInTheSameBuild() throws Exception {
        WorkflowJob job = lose("failed", "input 'Is it there?'\n" + LOSE + "input 'And now?'\n" + DEPLOY);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("Is it there?", run);
        HtmlPage page = target("alice", "");
        assertThat(text(page)).contains("outcome unknown");
        run.getAction(InputAction.class).getExecutions().get(0).proceed(null);
        jenkins.waitForMessage("And now?", run);
        assertThat(posts()).as("It is kept from sending").isEqualTo(1);
        HtmlPage after = sayNotThere(page);
        assertThat(text(after)).contains("not there, as alice says");
        assertThat(text(browser("bob").goTo(run.getUrl() + "metakraftwerk/"))).contains("not there, as alice says");
        assertThat(last(run.getUrl() + "metakraftwerk/", "deployments"))
                .containsEntry("outcome", "FAILED")
                .containsEntry("saidBy", "alice");
        TestWaits.until("the audit log", () -> audited("failed").size() == 1);
        assertThat(audited("failed").get(0).getString("saidBy")).isEqualTo("alice");
        run.getAction(InputAction.class).getExecutions().get(0).proceed(null);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(posts()).isEqualTo(2);
    }

    @Test
    void whatIsSaidToBeThereIsSoEverywhere() throws Exception {
        WorkflowJob job = lost("adopted");
        assertThat(cells("")).contains("nothing known to be there");
        assertThat(text(sayThere(target("alice", job.getFullName()), " 77 "))).contains("there, as alice says", "77");
        WorkflowRun run = job.getLastBuild();
        for (String place : List.of("", job.getUrl())) {
            assertThat(cells(place))
                    .contains("5139", "there, as alice says")
                    .doesNotContain("perhaps", "nothing known");
        }
        assertThat(text(browser("bob").goTo(run.getUrl() + "metakraftwerk/")))
                .contains("5139", "there, as alice says")
                .doesNotContain("perhaps", "nothing known");
        assertThat(text(browser("bob").goTo(job.getUrl())))
                .contains("build 5139", "since")
                .doesNotContain("perhaps");
        assertThat(last("metakraftwerk/", "targets"))
                .containsEntry("outcome", "ADOPTED")
                .containsEntry("saidBy", "alice")
                .containsEntry("buildDeploymentId", 77);
        job.setDefinition(new CpsFlowDefinition(
                "def r = mkDeployed pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'\n"
                        + "echo \"${r.buildId} ${r.outcome} ${r.buildDeploymentId}\"",
                true));
        jenkins.assertLogContains("5139 ADOPTED 77", jenkins.buildAndAssertSuccess(job));
        TestWaits.until("the audit log", () -> !audited("adopted").isEmpty());
    }

    @Test
    void aRecordOfAnotherIsRefusedAndSoIsASecondWord() throws Exception {
        HtmlPage first = target("alice", lost("first").getFullName());
        HtmlPage other = target("alice", lost("other").getFullName());
        sayThere(first, "77");
        assertThat(text(sayThere(other, "77")))
                .contains("Build deployment 77 belongs to another attempt of this Jenkins.");
        assertThat(text(sayThere(other, "x"))).contains("Enter the id of the build deployment");
        assertThat(text(sayNotThere(first)))
                .contains("The outcome of this attempt is known by now: there, as alice says.");
        sayNotThere(other);
        assertThat(text(sayThere(other, "78"))).contains("not there, as alice says. Reload");
        assertThat(text(target("bob", "team/first"))).contains("there, as alice says");
        assertThat(text(target("bob", "team/other"))).contains("not there, as alice says");
    }

    @Test
    void nothingIsAskedWhileTheRequestIsOnItsWay() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.delay(Duration.ofHours(1)));
        WorkflowJob job = team.createProject(WorkflowJob.class, "hangs");
        job.setDefinition(new CpsFlowDefinition(DEPLOY, true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        TestWaits.until("the request", () -> posts() == 1);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        HtmlPage page = target("alice", job.getFullName());
        assertThat(text(page)).contains("outcome unknown");
        assertThat(forms(page)).isEmpty();
    }

    @Test
    void whoComparesFindsItsRecord() throws Exception {
        WorkflowJob job = lost("compared");
        assertThat(compared(job)).isEqualTo("not compared: its id is not known yet");
        long record = arrives(null);
        assertThat(compared(job)).isEqualTo("the same on the server (build deployment " + record + ")");
        assertThat(last(job.getUrl() + "metakraftwerk/", "targets"))
                .containsEntry("outcome", "ADOPTED")
                .containsEntry("buildDeploymentId", (int) record);
        assertThat(text(browser("bob").goTo(job.getLastBuild().getUrl() + "metakraftwerk/")))
                .contains("found after its answer was lost");
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void whoComparesDoesNotTakeTheRecordOfAnotherNorOneFromBefore() throws Exception {
        arrives(null);
        WorkflowJob job = lost("other");
        WorkflowJob owner = lost("owner");
        compared(job);
        assertThat(new OverviewSubject(job).lines().get(0).perhaps()).isNotNull();
        long record = arrives(null);
        sayThere(target("alice", owner.getFullName()), String.valueOf(record));
        compared(job);
        assertThat(new OverviewSubject(job).lines().get(0).perhaps()).isNotNull();
    }

    /** @param seen whether those who may not say it see that there is something */
    private void assertMaySay(String place, boolean seen, String... users) throws Exception {
        for (String user : List.of("reader", "bob", "alice", "admin")) {
            assertThat(forms(target(user, place)).size())
                    .as(user)
                    .isEqualTo(List.of(users).contains(user) ? 2 : 0);
        }
        HtmlPage page = target("admin", place);
        for (HtmlForm form : forms(page)) {
            form.<HtmlInput>getByXPath(".//input[@type='text']").forEach(input -> input.setValue("77"));
            HtmlPage answer = send(form, browser("bob"));
            // Where he does not see the target at all, he is not told that it is there.
            assertThat(answer.getWebResponse().getStatusCode()).isEqualTo(seen ? 403 : 404);
            assertThat(text(answer).contains("Only people who may configure the job of this attempt"))
                    .isEqualTo(seen);
        }
        assertThat(text(target("admin", place))).contains("outcome unknown");
        assertThat(text(sayThere(target(users[0], place), "77"))).contains("there, as " + users[0] + " says");
    }

    private void past(Job<?, ?> job) {
        Past.forJob(job).unknown(DEV, DEV_ID, 5139, "The answer was lost");
    }

    @Test
    void whoMayConfigureTheJobMaySay() throws Exception {
        past(team.createProject(FreeStyleProject.class, "app"));
        assertMaySay("", true, "alice", "admin");
    }

    @Test
    void ofABranchWhoMayConfigureItsProject() throws Exception {
        WorkflowMultiBranchProject app = team.createProject(WorkflowMultiBranchProject.class, "branches");
        app.getSourcesList()
                .add(new BranchSource(new SingleSCMSource(
                        "main", new SingleFileSCM("Jenkinsfile", "echo 'x'".getBytes(StandardCharsets.UTF_8)))));
        app.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        past(app.getItem("main"));
        assertMaySay("team/branches/main", true, "alice", "admin");
    }

    @Test
    void ofADeletedJobWhoMayConfigureItsFolder() throws Exception {
        FreeStyleProject app = team.createProject(FreeStyleProject.class, "gone");
        past(app);
        app.delete();
        assertMaySay("team", false, "alice", "admin");
    }

    @Test
    void ofADeletedJobInNoFolderAnAdministrator() throws Exception {
        FreeStyleProject app = jenkins.createFreeStyleProject("gone");
        past(app);
        app.delete();
        past(jenkins.createFreeStyleProject("other"));
        Past.forJob(jenkins.jenkins.getItemByFullName("other", Job.class)).failed(DEV, DEV_ID, 5140, "No");
        HtmlPage page = target("alice", "");
        assertThat(forms(page)).isEmpty();
        assertThat(forms(target("admin", ""))).hasSize(4);
    }
}
