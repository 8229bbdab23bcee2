package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.cloudbees.plugins.credentials.domains.HostnameSpecification;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** A server says who may borrow its credential, and nothing that a job or a folder says can widen that. */
class LendingTest {

    private static final String REFUSED = "does not lend its credential to '";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    /** Of its own name for each test, since the list of a test before must not cover it. */
    private final String name = "prod-" + UUID.randomUUID();

    private Folder prod;
    private Folder evil;

    @BeforeEach
    void twoFolders() throws Exception {
        prod = jenkins.createProject(Folder.class, name);
        evil = jenkins.createProject(Folder.class, name + "-evil");
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "lent", server.token()));
        lendTo(name);
    }

    @AfterEach
    void everybodyMayDoEverythingAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
    }

    private void lendTo(String... items) {
        Setup.servers(Setup.restricted("main", server.url(), "lent", items));
    }

    /** Which a job or a folder can name. */
    private void lendWhatIsOfScopeGlobal() throws Exception {
        Setup.systemCredential(Setup.secretText("open", server.token()));
        Setup.servers(Setup.restricted("main", server.url(), "open", name));
    }

    private static List<String> entries() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().get(0).getAllowedItems();
    }

    private void isRefused(Job<?, ?> job) throws Exception {
        server.clearRequests();
        Run<?, ?> run = Deploying.run(jenkins, job, Result.FAILURE);
        jenkins.assertLogContains(REFUSED + job.getFullName() + "'", run);
        jenkins.assertLogContains("under 'Who may use the credential'", run);
        jenkins.assertLogContains("Nothing was sent.", run);
        assertThat(server.requests()).isEmpty();
    }

    private void deploys(Job<?, ?> job) throws Exception {
        server.clearRequests();
        Deploying.run(jenkins, job, Result.SUCCESS);
        assertThat(server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anEntryCoversWhatIsBelowItAndNothingThatOnlyLooksLikeIt(Deploying kind) throws Exception {
        Folder nested = prod.createProject(Folder.class, "nested");
        deploys(kind.job(prod, Map.of()));
        deploys(kind.job(nested, Map.of()));
        isRefused(kind.job(evil, Map.of()));
        isRefused(kind.job(jenkins.jenkins, Map.of()));
        Job<?, ?> single = kind.job(evil, Map.of());
        lendTo("/" + single.getFullName() + "/");
        deploys(single);
        isRefused(kind.job(evil, Map.of()));
        lendTo();
        isRefused(single);
    }

    /** Who reads the job need not know what there is to be borrowed. */
    @ParameterizedTest
    @EnumSource
    void whatIsNotLentIsNotNamed(Deploying kind) throws Exception {
        String unheard = "unheard-" + UUID.randomUUID();
        Setup.systemCredential(Setup.secretText(unheard, server.token()));
        Setup.servers(Setup.restricted("main", server.url(), unheard, name));
        assertThat(tells(kind.job(prod, Map.of()), Result.SUCCESS))
                .allSatisfy(text -> assertThat(text).contains(unheard));
        isNotTold(kind.job(evil, Map.of()), unheard);
        Setup.inFolder(evil, null, new ServerCredential("main", unheard));
        isNotTold(kind.job(evil, Map.of()), unheard);
    }

    private void isNotTold(Job<?, ?> job, String secret) throws Exception {
        assertThat(tells(job, Result.FAILURE))
                .allSatisfy(text -> assertThat(text).doesNotContain(secret));
    }

    /** Whatever names the credential that a run used. */
    private List<String> tells(Job<?, ?> job, Result expected) throws Exception {
        Run<?, ?> run = Deploying.run(jenkins, job, expected);
        TestWaits.until(
                "an attempt in the history",
                () -> page(job, "metakraftwerk/api/json").contains("\"outcome\""));
        return List.of(
                page(job, "metakraftwerk/api/json"),
                page(run, ""),
                page(run, "metakraftwerk/"),
                page(run, "metakraftwerk/api/json"),
                page(run, "api/json"),
                page(run, "consoleText"));
    }

    private String page(Object of, String path) {
        String place = of instanceof Run<?, ?> run ? run.getUrl() : ((Job<?, ?>) of).getUrl();
        try {
            var answer = new Caller(jenkins, "anonymous").send(Caller.Verb.GET, place + path, Map.of("depth", "3"));
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return answer.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoNamesTheServersCredentialBorrowsIt(Deploying kind) throws Exception {
        lendWhatIsOfScopeGlobal();
        deploys(kind.job(prod, Map.of("credentialsId", "open")));
        isRefused(kind.job(evil, Map.of("credentialsId", "open")));
        Setup.inFolder(evil, null, new ServerCredential("main", "open"));
        isRefused(kind.job(evil, Map.of()));
        server.acceptToken("of-folder");
        Setup.folderCredential(evil, Setup.secretText("open", "of-folder"));
        for (Map<String, String> fields : List.of(Map.of("credentialsId", "open"), Map.<String, String>of())) {
            deploys(kind.job(evil, fields));
            assertThat(server.requests())
                    .extracting(request -> request.header("Authorization"))
                    .containsOnly("Bearer of-folder");
        }
    }

    private void onlyWhoMayUseItDeploys(Deploying kind) throws Exception {
        Setup.secure(jenkins)
                .let("bob carol", Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD)
                .let("carol", CredentialsProvider.USE_ITEM);
        Job<?, ?> job = kind.job(prod, Map.of());
        Deploying.runAs(job, "bob");
        server.clearRequests();
        Run<?, ?> run = Deploying.run(jenkins, job, Result.FAILURE);
        jenkins.assertLogContains("This build runs as 'bob', who lacks the permission Credentials/UseItem on", run);
        assertThat(server.requests()).isEmpty();
        Deploying.runAs(job, "carol");
        deploys(job);
    }

    @ParameterizedTest
    @EnumSource
    void aRunThatIsSomebodysNeedsPermissionForWhatItBorrows(Deploying kind) throws Exception {
        onlyWhoMayUseItDeploys(kind);
    }

    @ParameterizedTest
    @EnumSource
    void itNeedsPermissionForWhatItsFolderNamesToo(Deploying kind) throws Exception {
        Setup.folderCredential(prod, Setup.secretText("of-folder", server.token()));
        Setup.inFolder(prod, null, new ServerCredential("main", "of-folder"));
        onlyWhoMayUseItDeploys(kind);
    }

    /** One of that id may be in reach, and still be for another server. */
    @ParameterizedTest
    @EnumSource
    void aCredentialForElsewhereDoesNotHideThatItIsBorrowed(Deploying kind) throws Exception {
        lendWhatIsOfScopeGlobal();
        Domain elsewhere = new Domain("elsewhere", "", List.of(new HostnameSpecification("elsewhere.example", null)));
        Setup.folderStore(evil).addDomain(elsewhere, Setup.secretText("open", "x"));
        isRefused(kind.job(evil, Map.of("credentialsId", "open")));
    }

    /** What is found is that of the system store, since the folder that names it does not see so far in. */
    @ParameterizedTest
    @EnumSource
    void aCredentialFurtherInDoesNotHideThatItIsBorrowed(Deploying kind) throws Exception {
        lendWhatIsOfScopeGlobal();
        Setup.inFolder(evil, null, new ServerCredential("main", "open"));
        Folder nested = evil.createProject(Folder.class, "nested");
        isRefused(kind.job(nested, Map.of()));
        Setup.folderCredential(nested, Setup.secretText("open", "x"));
        isRefused(kind.job(nested, Map.of()));
    }

    /** Who may use the credentials of a folder need not be allowed to see its store. */
    @ParameterizedTest
    @EnumSource
    void aRunThatIsSomebodysMayNameAnotherOneOfThatId(Deploying kind) throws Exception {
        lendWhatIsOfScopeGlobal();
        Setup.folderCredential(evil, Setup.secretText("open", server.token()));
        Setup.secure(jenkins)
                .let("carol", Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD, CredentialsProvider.USE_ITEM);
        Job<?, ?> job = kind.job(evil, Map.of("credentialsId", "open"));
        Deploying.runAs(job, "carol");
        deploys(job);
    }

    /** A nearer folder may have another one of the same id. */
    @ParameterizedTest
    @EnumSource
    void whatAFolderNamesIsWhatIsFoundThere(Deploying kind) throws Exception {
        Folder nested = prod.createProject(Folder.class, "nested");
        Setup.folderCredential(prod, Setup.secretText("same", server.token()));
        Setup.folderCredential(nested, Setup.secretText("same", "not accepted"));
        Setup.inFolder(prod, null, new ServerCredential("main", "same"));
        Job<?, ?> job = kind.job(nested, Map.of());
        deploys(job);
        assertThat(patterns(job).entries()).isNotEmpty();
    }

    @Test
    void listsAreRefusedToWhoNamesTheServersCredential() throws Exception {
        lendWhatIsOfScopeGlobal();
        Job<?, ?> outside = Deploying.FREESTYLE.job(evil, Map.of());
        server.clearRequests();
        assertThat(patterns(outside, "open").failure()).contains("does not lend its credential to");
        Setup.inFolder(evil, null, new ServerCredential("main", "open"));
        assertThat(patterns(outside).failure()).contains("does not lend its credential to");
        assertThat(server.requests()).isEmpty();
        assertThat(patterns(Deploying.FREESTYLE.job(prod, Map.of()), "open").entries())
                .isNotEmpty();
    }

    @Test
    void entriesFollowTheirItems() throws Exception {
        Folder nested = prod.createProject(Folder.class, "nested");
        lendTo(name + "/nested/app", name + "-evil");
        prod.renameTo(name + "-renamed");
        assertThat(entries()).containsExactly(name + "-renamed/nested/app", name + "-evil");
        Items.move(nested, evil);
        assertThat(entries()).containsExactly(name + "-evil/nested/app", name + "-evil");
        evil.delete();
        assertThat(entries()).isEmpty();
        Folder again = jenkins.createProject(Folder.class, name + "-evil");
        isRefused(Deploying.PIPELINE.job(again, Map.of()));
    }

    @Test
    void noFileOfAJobOrFolderWidensIt() throws Exception {
        Job<?, ?> job = Deploying.PIPELINE.job(evil, Map.of());
        for (String widened : List.of(
                "<usageRestricted>false</usageRestricted>",
                "<allowedItems><string>" + name + "-evil</string></allowedItems>")) {
            postProperty(evil, widened);
        }
        isRefused(job);
    }

    @Test
    void noFileOfAJobBorrows() throws Exception {
        lendWhatIsOfScopeGlobal();
        Job<?, ?> job = Deploying.FREESTYLE.job(evil, Map.of());
        post(
                job,
                Items.getConfigFile(job)
                        .asString()
                        .replace(
                                "</pattern>",
                                "</pattern><credentialsId>open</credentialsId><usageRestricted>false</usageRestricted>"));
        assertThat(Items.getConfigFile(job).asString()).contains("<credentialsId>open");
        isRefused(job);
    }

    private void postProperty(Item item, String more) throws Exception {
        String xml = Items.getConfigFile(item).asString();
        String property = "<io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkFolderProperty><defaultServer>main"
                + "</defaultServer>" + more + "</io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkFolderProperty>";
        String changed = xml.contains("<properties/>")
                ? xml.replace("<properties/>", "<properties>" + property + "</properties>")
                : xml.replaceFirst("(?s)<properties>.*</properties>", "<properties>" + property + "</properties>");
        post(item, changed);
        assertThat(Items.getConfigFile(item).asString()).contains("<defaultServer>main");
    }

    private void post(Item item, String changed) throws Exception {
        try (var client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            WebRequest request = new WebRequest(client.createCrumbedUrl(item.getUrl() + "config.xml"), HttpMethod.POST);
            request.setAdditionalHeader("Content-Type", "application/xml");
            request.setCharset(StandardCharsets.UTF_8);
            request.setRequestBody(changed);
            assertThat(client.getPage(request).getWebResponse().getStatusCode()).isEqualTo(200);
        }
    }

    @Test
    void listsAreRefusedBeforeAnyRequestAlsoWhereTheyAreKept() throws Exception {
        Job<?, ?> inside = Deploying.FREESTYLE.job(prod, Map.of());
        Job<?, ?> outside = Deploying.FREESTYLE.job(evil, Map.of());
        assertThat(patterns(inside).entries()).isNotEmpty();
        server.clearRequests();
        assertThat(patterns(outside).failure()).contains("does not lend its credential to");
        assertThat(server.requests()).isEmpty();
        lendTo(name + "-evil");
        server.clearRequests();
        assertThat(patterns(inside).failure()).contains("does not lend its credential to");
        assertThat(server.requests()).isEmpty();
    }

    private WebCall patterns(Job<?, ?> job) {
        return patterns(job, "");
    }

    private WebCall patterns(Job<?, ?> job, String credentialsId) {
        return WebCall.create(jenkins, job.getUrl(), StepForm.InJob.class, "fillPatternItems")
                .with("server", "")
                .with("credentialsId", credentialsId);
    }

    /** Who changes the script of a build changes what it asks for, and not who it is. */
    @Test
    void aReplayBorrowsNoMoreThanItsJob() throws Exception {
        WorkflowJob job = evil.createProject(WorkflowJob.class, "replayed");
        job.setDefinition(new CpsFlowDefinition("echo 'nothing'", true));
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        WorkflowRun replay = (WorkflowRun) first.getAction(ReplayAction.class)
                .run2("mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'", Map.of())
                .getFuture()
                .get();
        jenkins.assertBuildStatus(Result.FAILURE, replay);
        jenkins.assertLogContains(REFUSED + job.getFullName() + "'", replay);
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFrozenServerIsDeployedToByNobody(Deploying kind) throws Exception {
        freeze("Quarter end, until Monday");
        server.clearRequests();
        Run<?, ?> run = Deploying.run(jenkins, kind.job(prod, Map.of()), Result.FAILURE);
        jenkins.assertLogContains(
                "The MetaKraftwerk server 'main' is frozen, so nothing is deployed there now: 'Quarter end, until Monday'.",
                run);
        jenkins.assertLogContains("Nothing was sent.", run);
        assertThat(server.requests()).isEmpty();
        assertThat(patterns(Deploying.FREESTYLE.job(prod, Map.of())).entries()).isNotEmpty();
        freeze(null);
        deploys(kind.job(prod, Map.of()));
    }

    private static void freeze(String reason) {
        MetaKraftwerkServer frozen =
                MetaKraftwerkGlobalConfiguration.get().getServers().get(0);
        frozen.setFrozen(reason);
        MetaKraftwerkGlobalConfiguration.get().setServers(List.of(frozen));
    }

    /** A run that waits for its build may have been let when it began. */
    @Test
    void whatIsTakenAwayDuringAWaitCounts() throws Exception {
        for (Runnable change : List.<Runnable>of(() -> freeze("Not now"), () -> lendTo())) {
            lendTo(name);
            freeze(null);
            server.setBuild(5139, "BUILDING", 50, null);
            server.clearRequests();
            WorkflowJob job = prod.createProject(WorkflowJob.class, "waits-" + UUID.randomUUID());
            job.setDefinition(new CpsFlowDefinition(
                    "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV', waitForBuild: true",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("Waiting for build 5139", run);
            change.run();
            server.setBuild(5139, "FINISHED", 100, null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Nothing was deployed.", run);
            assertThat(server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)).isEmpty();
        }
    }
}
