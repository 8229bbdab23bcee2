package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.history.OverviewForm;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.logging.Level;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.LogRecorder;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** What outlives builds: who deployed what, where, and with which credential. */
class AuditLogTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final Authentication ADA = new UsernamePasswordAuthenticationToken("ada", null, List.of());

    private static Path file() {
        return AuditReader.sent();
    }

    @BeforeEach
    void beginAnew() throws IOException {
        AuditReader.beginAnew();
    }

    /** All that was noted of what was sent or changed. */
    private static List<JsonNode> lines() throws IOException {
        return AuditReader.lines(file());
    }

    private static List<JsonNode> unsent() throws IOException {
        return AuditReader.lines(AuditReader.unsent());
    }

    private static int count() {
        try {
            return lines().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> events() throws IOException {
        return AuditReader.events(lines());
    }

    private static WorkflowJob job(String more) throws Exception {
        WorkflowJob job = SHARED.jenkins().createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "mkDeploy(buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'" + more + ")", true));
        return job;
    }

    private static WorkflowRun run(Result expected, String more) throws Exception {
        WorkflowRun run = job(more)
                .scheduleBuild2(
                        0, new hudson.model.CauseAction(new Cause.UserIdCause("alice"), new Cause.UserIdCause("bob")))
                .get();
        return SHARED.jenkins().assertBuildStatus(expected, run);
    }

    @Test
    void aDeploymentIsNotedBeforeAndAfterItsRequest() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, ", agentGroup: 'DEV_AGENTS'");
        assertThat(events()).containsExactly("sending", "created");
        JsonNode line = lines().get(0);
        assertThat(line.get("job").asText()).isEqualTo(run.getParent().getFullName());
        assertThat(line.get("number").asInt()).isEqualTo(1);
        assertThat(line.get("users").toString()).isEqualTo("[\"alice\",\"bob\"]");
        assertThat(line.get("server").asText()).isEqualTo(Setup.SERVER);
        assertThat(line.get("serverUrl").asText()).isEqualTo(SHARED.server().url());
        assertThat(line.get("credentialsId").asText()).isEqualTo(Setup.TOKEN_ID);
        assertThat(line.get("origin").asText()).isEqualTo("SERVER");
        assertThat(line.get("buildId").asLong()).isEqualTo(5139);
        assertThat(line.get("agentGroup").asText()).isEqualTo("DEV_AGENTS");
        assertThat(line.has("buildDeploymentId")).isFalse();
        assertThat(lines().get(1).get("buildDeploymentId").asLong()).isEqualTo(1);
        SHARED.jenkins().assertLogContains("Using the credential 'mk-token' of the server 'stand-in' itself.", run);
        assertThat(run.getAction(BuildDeploymentsAction.class).getDeployments())
                .singleElement()
                .satisfies(shown -> {
                    assertThat(shown.getCredentialsId()).isEqualTo(Setup.TOKEN_ID);
                    assertThat(shown.getOrigin()).isEqualTo("SERVER");
                    assertThat(shown.getCredentialText()).isEqualTo("credential mk-token of the server");
                });
        assertThat(Files.readString(file())).doesNotContain(SHARED.server().token());
    }

    @Test
    void theFirstLineIsThereBeforeTheServerKnows() throws Exception {
        Hold hold = SHARED.server().hold("POST", StandInServer.BUILD_DEPLOYMENTS);
        WorkflowRun run = job("").scheduleBuild2(0).waitForStart();
        SHARED.server().awaitRequest("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Waits.LIMIT);
        assertThat(AuditReader.events(AuditReader.linesOnTheDisk(file()))).containsExactly("sending");
        hold.release();
        SHARED.jenkins().assertBuildStatusSuccess(SHARED.jenkins().waitForCompletion(run));
    }

    @Test
    void whatIsRefusedOrFailsIsNotedOnce() throws Exception {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        try (ACLContext admin = ACL.as2(ADA)) {
            configuration.getServers().get(0).setFrozen("Quarter end");
            configuration.setServers(configuration.getServers());
        }
        run(Result.FAILURE, "");
        try (ACLContext admin = ACL.as2(ADA)) {
            configuration.getServers().get(0).setFrozen(null);
            configuration.setServers(configuration.getServers());
        }
        SHARED.server().fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.error(400, "No"));
        run(Result.FAILURE, "");
        assertThat(events()).containsExactly("frozen", "thawed", "sending", "failed");
        assertThat(AuditReader.events(unsent())).containsExactly("refused");
        assertThat(lines().get(0).get("users").toString()).isEqualTo("[\"ada\"]");
        assertThat(lines().get(0).get("reason").asText()).isEqualTo("Quarter end");
        assertThat(unsent().get(0).get("reason").asText()).contains("is frozen");
        assertThat(lines().get(3).get("reason").asText()).contains("answered 400");
    }

    @Test
    void whoMayNotBorrowIsRefused() throws Exception {
        Setup.servers(Setup.restricted(Setup.SERVER, SHARED.server().url(), Setup.TOKEN_ID, "somebody-else"));
        run(Result.FAILURE, "");
        FreeStyleProject freestyle = SHARED.jenkins().createFreeStyleProject();
        DeployBuilder step = new DeployBuilder("5139");
        step.setPattern("CORE_DV_HLS");
        step.setDeployment("DEPLOY_TO_DEV");
        freestyle.getBuildersList().add(step);
        SHARED.jenkins().buildAndAssertStatus(Result.FAILURE, freestyle);
        run(Result.FAILURE, ", credentialsId: 'not-there'");
        assertThat(AuditReader.events(unsent())).containsExactly("refused", "refused", "failed");
        assertThat(events()).containsExactly("usageChanged", "entryAdded");
        assertThat(unsent())
                .allSatisfy(line -> assertThat(line.get("reason").asText()).contains("Nothing was sent."))
                .extracting(line -> line.get("credentialsId").asText())
                .containsExactly(Setup.TOKEN_ID, Setup.TOKEN_ID, "not-there");
        assertThat(SHARED.server().requests()).isEmpty();
    }

    @Test
    void whoStartedWhatStartedTheBuildIsNoted() throws Exception {
        WorkflowRun first = run(Result.SUCCESS, "");
        beginAnew();
        WorkflowRun second = job("").scheduleBuild2(
                        0, new hudson.model.CauseAction(new Cause.UpstreamCause((Run<?, ?>) first)))
                .get();
        SHARED.jenkins().assertBuildStatusSuccess(second);
        assertThat(lines().get(0).get("users").toString()).isEqualTo("[\"alice\",\"bob\"]");
    }

    @Test
    void aRecordThatTurnsUpLaterIsNotedForWhoAskedForIt() throws Exception {
        StandInServer server = SHARED.server();
        server.fault("POST", StandInServer.BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
        server.fault(
                request -> request.is("GET", StandInServer.BUILD_DEPLOYMENTS)
                        && !server.requests("POST", StandInServer.BUILD_DEPLOYMENTS)
                                .isEmpty(),
                1,
                Fault.error(403, "Not now"));
        WorkflowJob job = job("");
        SHARED.jenkins().buildAndAssertStatus(Result.FAILURE, job);
        assertThat(events()).containsExactly("sending", "unknown");
        SHARED.jenkins().buildAndAssertSuccess(job);
        Waits.until("both lines", () -> count() == 4);
        assertThat(lines().subList(2, 4))
                .allMatch(line -> line.get("buildDeploymentId").asLong() == 1)
                .extracting(line -> line.get("event").asText() + " #" + line.get("number"))
                .containsExactlyInAnyOrder("adopted #1", "adopted #2");
    }

    @Test
    void whoNamesTheCredentialIsNoted() throws Exception {
        run(Result.SUCCESS, ", credentialsId: '" + Setup.ACCOUNT_ID + "'");
        Folder folder = SHARED.jenkins().createProject(Folder.class);
        Setup.inFolder(folder, null, new ServerCredential(Setup.SERVER, Setup.ACCOUNT_ID));
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(job("").getDefinition());
        WorkflowRun inFolder = SHARED.jenkins().buildAndAssertSuccess(job);
        assertThat(lines())
                .extracting(line -> line.get("credentialsId").asText() + " of the "
                        + line.get("origin").asText())
                .containsExactly(
                        "mk-account of the STEP",
                        "mk-account of the STEP",
                        "mk-account of the FOLDER",
                        "mk-account of the FOLDER");
        SHARED.jenkins().assertLogContains("Using the credential 'mk-account'", inFolder);
        assertThat(inFolder.getAction(BuildDeploymentsAction.class).getDeployments())
                .singleElement()
                .extracting(AttemptInBuild::getOrigin)
                .isEqualTo("FOLDER");
    }

    /** For those who ship logs. */
    @Test
    void theLoggerGetsTheSameLines() throws Exception {
        try (LogRecorder shipped = new LogRecorder()
                .record("io.jenkins.plugins.metakraftwerk.audit", Level.INFO)
                .capture(10)) {
            run(Result.SUCCESS, "");
            assertThat(lines()).hasSize(2);
            assertThat(shipped.getMessages()).isEqualTo(Files.readAllLines(file()));
        }
    }

    /** In a loop, by somebody whom nothing is lent to, between two deployments of others. */
    @Test
    void refusalsPushNoDeploymentOut() throws Exception {
        Setup.servers(Setup.restricted(Setup.SERVER, SHARED.server().url(), Setup.TOKEN_ID, "lent"));
        AuditReader.beginAnew();
        WorkflowJob lent = SHARED.jenkins().createProject(WorkflowJob.class, "lent");
        lent.setDefinition(job("").getDefinition());
        SHARED.jenkins().buildAndAssertSuccess(lent);
        List<String> before = Files.readAllLines(file());
        WorkflowJob other = SHARED.jenkins().createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition(
                "for (int i = 0; i < 300; i++) { try { mkDeploy(buildId: i + 1, pattern: 'CORE_DV_HLS',"
                        + " deployment: 'DEPLOY_TO_DEV') } catch (e) {} }",
                true));
        SHARED.jenkins().buildAndAssertSuccess(other);
        SHARED.jenkins().buildAndAssertSuccess(lent);

        assertThat(lines())
                .extracting(line -> line.get("job").asText() + " #" + line.get("number") + " "
                        + line.get("event").asText())
                .containsExactly("lent #1 sending", "lent #1 created", "lent #2 sending", "lent #2 created");
        assertThat(Files.readAllLines(file())).startsWith(before.toArray(String[]::new));
        assertThat(unsent())
                .extracting(line ->
                        line.get("job").asText() + " " + line.get("event").asText() + " of " + line.get("buildId")
                                + ", " + line.path("count").asText("once"))
                .containsExactly(
                        "other refused of 1, once",
                        "other refused of 10, 10",
                        "other refused of 100, 100",
                        "other refused of 300, 300");
        assertThat(SHARED.server().deployments()).hasSize(2);
    }

    @Test
    void whatIsSkippedIsKeptApartToo() throws Exception {
        run(Result.SUCCESS, "");
        run(Result.SUCCESS, ", skipIfDeployed: true");
        assertThat(events()).containsExactly("sending", "created");
        assertThat(AuditReader.events(unsent())).containsExactly("skipped");
        assertThat(unsent().get(0).get("buildDeploymentId").asLong()).isEqualTo(1);
    }

    @Test
    void howMuchIsKeptIsConfigured() throws Exception {
        MetaKraftwerkGlobalConfiguration configuration = MetaKraftwerkGlobalConfiguration.get();
        configuration.setAuditFiles(2);
        configuration.setAuditMegabytes(1);
        try {
            Path older = file().resolveSibling(AuditFile.NAME + ".1");
            for (int i = 0; i < 3; i++) {
                run(Result.SUCCESS, "");
                Files.writeString(file(), "x".repeat(1024 * 1024) + "\n", StandardOpenOption.APPEND);
            }
            get(AuditLog.get().add(AuditedAttempts.line("sending", "job", 1, "the last")));
            assertThat(lines()).hasSize(1);
            assertThat(older).exists();
            assertThat(file().resolveSibling(AuditFile.NAME + ".2")).doesNotExist();
            Files.delete(older);
        } finally {
            configuration.setAuditFiles(10);
            configuration.setAuditMegabytes(10);
        }
    }

    @Test
    void whoClearsAHistoryIsNoted() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "");
        WorkflowJob job = run.getParent();
        Waits.until("a history", () -> !DeploymentHistory.of(job).isEmpty());
        TargetKey key = DeploymentHistory.of(job).get(0).key();
        WebCall.of(SHARED.jenkins(), job.getUrl(), OverviewForm.class, "clear")
                .with("target", key.hash())
                .send();
        assertThat(DeploymentHistory.of(job)).isEmpty();
        assertThat(events()).containsExactly("sending", "created", "historyCleared");
        JsonNode line = lines().get(2);
        assertThat(line.get("users").toString()).isEqualTo("[\"anonymous\"]");
        assertThat(line.get("job").asText()).isEqualTo(job.getFullName());
        assertThat(line.get("server").asText()).isEqualTo(Setup.SERVER);
        assertThat(line.get("pattern").asText()).isEqualTo("CORE_DV_HLS");
        assertThat(line.get("deployment").asText()).isEqualTo("DEPLOY_TO_DEV");
    }
}
