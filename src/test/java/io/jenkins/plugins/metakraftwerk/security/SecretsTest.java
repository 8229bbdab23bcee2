package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.Functions;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.htmlunit.Page;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** Whatever goes right or wrong, no token and no password stands in a file, a log or a page. */
class SecretsTest {

    private static final String PASSWORD = "Pässword & 100% \"secret\" / of the account";
    private static final String WRONG_PASSWORD = "Wrong+password?of=the&account";
    private static final String WRONG_TOKEN = "wrong-token-of-the-account-0123456789";
    private static final String TOKEN = StandInServer.jwt("{\"sub\":\"secret\",\"exp\":4102444800}");
    private static final String OPAQUE = "opaque-token-of-the-account-9876543210";
    private static final String UNSENDABLE = "unsendable token öf\u0007the account";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static Folder folder;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private final Leaks leaks = new Leaks();

    @AutoClose
    private final LogRecorder log = new LogRecorder();

    @BeforeAll
    static void addCredentials() throws Exception {
        folder = SHARED.jenkins().createProject(Folder.class, "folder");
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "token", TOKEN));
        Setup.systemCredential(Setup.logIn("log-in", PASSWORD));
        Setup.folderCredential(folder, Setup.secretText("wrong-token", WRONG_TOKEN));
        Setup.folderCredential(folder, Setup.secretText("unsendable", UNSENDABLE));
        Setup.folderCredential(folder, Setup.secretText("opaque", OPAQUE));
        Setup.folderCredential(folder, Setup.logIn("wrong-log-in", WRONG_PASSWORD));
    }

    @BeforeEach
    void knowAndWatchSecrets() {
        server.acceptToken(TOKEN);
        server.addAccount("jenkins@metakraftwerk.example", PASSWORD);
        Setup.servers(Setup.server("main", server.url(), "token"));
        List.of(PASSWORD, WRONG_PASSWORD, WRONG_TOKEN, TOKEN, OPAQUE, UNSENDABLE)
                .forEach(leaks::secret);
        log.record("io.jenkins.plugins.metakraftwerk", Level.ALL).capture(100_000);
    }

    /** Tokens that log-ins brought are known only when they are used. */
    private void noLeaks(Run<?, ?>... runs) throws Exception {
        server.requests().stream()
                .map(request -> request.header("Authorization"))
                .filter(header -> header != null)
                .forEach(header -> leaks.secret(header.replace("Bearer ", "")));
        assertThat(leaks.inFiles(jenkins.jenkins.getRootDir().toPath())).isEmpty();
        String logged = log.getRecords().stream().map(SecretsTest::text).collect(Collectors.joining());
        assertThat(leaks.in(logged)).as(logged).isNull();
        for (Run<?, ?> run : runs) {
            try (var client = jenkins.createWebClient()) {
                Page console = client.goTo(run.getUrl() + "consoleFull");
                assertThat(leaks.in(console.getWebResponse().getContentAsString()))
                        .isNull();
            }
        }
    }

    private static String text(LogRecord record) {
        String thrown = record.getThrown() == null ? "" : Functions.printThrowable(record.getThrown());
        return new SimpleFormatter().formatMessage(record) + thrown + "\n";
    }

    private Run<?, ?> run(Deploying kind, String credentialsId, Result expected) throws Exception {
        Map<String, String> fields = credentialsId == null ? Map.of() : Map.of("credentialsId", credentialsId);
        return Deploying.run(jenkins, kind.job(folder, fields), expected);
    }

    @Test
    void afterRunsOfAllKinds() throws Exception {
        for (Deploying kind : Deploying.values()) {
            noLeaks(
                    run(kind, null, Result.SUCCESS),
                    run(kind, "log-in", Result.SUCCESS),
                    run(kind, "wrong-token", Result.FAILURE),
                    run(kind, "wrong-log-in", Result.FAILURE),
                    run(kind, "unsendable", Result.FAILURE));
        }
        assertThat(log.getRecords()).as("of the plugin's own loggers").isNotEmpty();
    }

    /** The server is not on our side either: it repeats in its answers what it was sent. */
    @Test
    void whenTheServerRepeatsThem() throws Exception {
        String all = "Bearer " + TOKEN + " " + TOKEN;
        for (Deploying kind : Deploying.values()) {
            for (Fault fault : List.of(
                    Fault.error(400, all),
                    Fault.error(403, TOKEN.substring(0, 20) + "\u200b" + TOKEN.substring(20)),
                    Fault.status(422, "text/html", "<p>" + all + "</p>"),
                    Fault.status(401, "application/json", "{\"message\":\"" + TOKEN + "\"}"),
                    Fault.redirect("http://localhost:1/" + TOKEN + "?token=" + TOKEN))) {
                server.fault("POST", BUILD_DEPLOYMENTS, 1, fault);
                noLeaks(run(kind, null, Result.FAILURE));
            }
            server.fault("POST", StandInServer.AUTHENTICATION, 1, Fault.error(401, "Invalid: " + WRONG_PASSWORD));
            noLeaks(run(kind, "wrong-log-in", Result.FAILURE));
        }
    }

    /** Also long after the log-in, and where the token does not look like one. */
    @ParameterizedTest
    @ValueSource(strings = {"log-in", "opaque"})
    void whenTheServerRepeatsThemLater(String credentialsId) throws Exception {
        server.acceptToken(OPAQUE);
        String all = "\u200b " + (credentialsId.equals("opaque") ? OPAQUE : PASSWORD) + " \u0007";
        Map<String, String> waiting = Map.of(
                "credentialsId", credentialsId, "buildId", "" + StandInDefaults.FAILED_BUILD, "waitForBuild", "true");
        for (Deploying kind : Deploying.values()) {
            server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.error(400, all));
            noLeaks(run(kind, credentialsId, Result.FAILURE));
            server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.error(403, all));
            noLeaks(run(kind, credentialsId, Result.FAILURE));
            server.setBuild(StandInDefaults.FAILED_BUILD, "FAILED", 70, all);
            Run<?, ?> waited = Deploying.run(jenkins, kind.job(folder, waiting), Result.FAILURE);
            jenkins.assertLogContains("cannot be deployed: ", waited);
            noLeaks(waited);
        }
    }

    /** While a request is on its way, a Pipeline has its state on the disk. */
    @ParameterizedTest
    @ValueSource(strings = {"token", "log-in"})
    void whileARunIsGoingOnAndAfterItsAbort(String credentialsId) throws Exception {
        Setup.servers(Setup.server("main", server.url(), credentialsId));
        Hold hold = server.hold("POST", BUILD_DEPLOYMENTS);
        Job<?, ?> job = Deploying.PIPELINE.job(folder, Map.of());
        WorkflowRun run = (WorkflowRun) Deploying.begin(job);
        server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, Duration.ofSeconds(60));
        run.save();
        assertThat(Files.exists(Path.of(run.getRootDir().getPath(), "program.dat")))
                .isTrue();
        noLeaks(run);
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        hold.release();
        noLeaks(run);
    }

    @Test
    void afterTheUseOfForms() throws Exception {
        FreeStyleProject job = (FreeStyleProject) Deploying.FREESTYLE.job(folder, Map.of("credentialsId", "log-in"));
        jenkins.configRoundtrip(job);
        jenkins.configRoundtrip();
        for (String id : List.of("token", "log-in", "wrong-token", "wrong-log-in", "unsendable")) {
            String tested = WebCall.create(jenkins, "", MetaKraftwerkServer.class, "testConnection")
                    .with("url", server.url())
                    .with("credentialsId", id)
                    .text();
            String listed = WebCall.create(jenkins, job.getUrl(), StepForm.InJob.class, "fillPatternItems")
                    .with("credentialsId", id)
                    .with("pattern", "")
                    .send()
                    .getContentAsString();
            assertThat(leaks.in(tested + listed)).isNull();
        }
        try (var client = jenkins.createWebClient()) {
            for (String page : List.of("configure", job.getUrl() + "configure")) {
                assertThat(leaks.in(client.goTo(page).getWebResponse().getContentAsString()))
                        .isNull();
            }
        }
        noLeaks();
    }

    /** A search that finds nothing proves something only if it finds what is there. */
    @Test
    void theSearchFindsWhatThereIs() throws Exception {
        Path file = jenkins.jenkins.getRootDir().toPath().resolve("leak.txt");
        for (String leak : List.of(
                PASSWORD,
                TOKEN,
                URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8),
                "x: " + Base64.getEncoder().encodeToString(("a:" + TOKEN + "!").getBytes(StandardCharsets.UTF_8)),
                "x: " + Base64.getUrlEncoder().encodeToString((PASSWORD + "!").getBytes(StandardCharsets.UTF_8)))) {
            Files.writeString(file, "before " + leak + " after");
            assertThat(leaks.inFiles(jenkins.jenkins.getRootDir().toPath()))
                    .as(leak)
                    .hasSize(1);
        }
        Files.delete(file);
        Logger.getLogger("io.jenkins.plugins.metakraftwerk.anything").finest("Sent " + TOKEN);
        assertThat(log.getRecords()).extracting(SecretsTest::text).anyMatch(text -> leaks.in(text) != null);
    }
}
