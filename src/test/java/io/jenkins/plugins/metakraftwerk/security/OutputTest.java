package io.jenkins.plugins.metakraftwerk.security;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.console.ConsoleNote;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;

/** What came from the server can do no more in a log or on a page than be read. */
class OutputTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @BeforeEach
    void hostileNames() {
        Attack.names(server);
    }

    private static final Map<String, String> HOSTILE_NAMES =
            Map.of("pattern", Attack.NAME, "deployment", Attack.NAME, "agentGroup", Attack.NAME);

    private Run<?, ?> run(Deploying kind, Map<String, String> fields, Result expected) throws Exception {
        Run<?, ?> run = Deploying.run(jenkins, kind.job(jenkins.jenkins, fields), expected);
        assertLogIsHarmless(run);
        return run;
    }

    /** As it is on the disk: what a terminal, a mail or another program would get. */
    private static String assertLogIsHarmless(Run<?, ?> run) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        run.getLogText().writeRawLogTo(0, bytes);
        String raw = bytes.toString(StandardCharsets.UTF_8);
        assertThat(raw).doesNotContain(ConsoleNote.PREAMBLE_STR + Attack.FORGED_NOTE);
        String log = ConsoleNote.removeNotes(raw);
        assertThat(log.lines()).allSatisfy(line -> {
            Attack.assertWithoutTricks(line);
            assertThat(line).hasSizeLessThan(2000).doesNotStartWith(Attack.FORGED_LINE);
        });
        return log;
    }

    private WebResponse page(String path) throws Exception {
        try (var client = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            WebResponse page = client.goTo(path, null).getWebResponse();
            assertThat(page.getContentAsString()).as(path).doesNotContain(Attack.MARKUP);
            return page;
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOnPagesAndInTheLogOfABuild(Deploying kind) throws Exception {
        Run<?, ?> run = run(kind, HOSTILE_NAMES, Result.SUCCESS);
        assertThat(assertLogIsHarmless(run)).contains("Deploying build 5139: pattern " + Attack.MARKUP);
        for (String path : List.of("", "metakraftwerk/", "consoleFull", "console")) {
            String page = page(run.getUrl() + path).getContentAsString();
            assertThat(page).as(path).contains(Attack.ESCAPED).doesNotContain("\u202e", "\u001b[31m");
        }
        Attack.assertHarmless(page(run.getUrl() + "api/xml?depth=3").getContentAsString());
        page(run.getParent().getUrl() + "configure");
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfTheServerInTheLogOfABuild(Deploying kind) throws Exception {
        for (Fault fault : Attack.faults()) {
            server.fault("GET", BUILD_DEPLOYMENTS, 1, fault);
            Run<?, ?> run = run(kind, Map.of(), Result.FAILURE);
            page(run.getUrl() + "console");
            page(run.getUrl());
        }
        assertThat(server.deployments()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatIsFollowedByAnotherAttempt(Deploying kind) throws Exception {
        server.fault("GET", BUILD_DEPLOYMENTS, 1, Fault.error(503, Attack.TEXT));
        assertThat(assertLogIsHarmless(run(kind, Map.of(), Result.SUCCESS))).contains(Attack.MARKUP, "trying again in");
    }

    @ParameterizedTest
    @EnumSource
    void theStateOfABuildOnTheServer(Deploying kind) throws Exception {
        Map<String, String> fields = Map.of("buildId", String.valueOf(RUNNING_BUILD), "waitForBuild", "true");
        server.setBuild(RUNNING_BUILD, Attack.TEXT, 40, Attack.TEXT);
        Job<?, ?> job = kind.job(jenkins.jenkins, fields);
        Run<?, ?> run = Deploying.begin(job);
        server.awaitRequest("GET", "/api/v1/builds/" + RUNNING_BUILD, 1, Duration.ofSeconds(60));
        jenkins.waitForMessage("Waiting for build " + RUNNING_BUILD + ": " + Attack.MARKUP, run);
        server.setBuild(RUNNING_BUILD, "FAILED", 40, Attack.TEXT);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(assertLogIsHarmless(run)).contains("cannot be deployed: " + Attack.MARKUP);
    }

    @ParameterizedTest
    @EnumSource
    void theRecordThatTheServerMakesOfARequest(Deploying kind) throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Attack.record());
        assertThat(assertLogIsHarmless(run(kind, Map.of(), Result.SUCCESS))).contains("Found build deployment 1");
    }

    /** So that the tests in a browser, which look for what it refuses, mean something. */
    @Test
    void pagesComeWithAnEnforcedPolicyAgainstInlineScript() throws Exception {
        for (String path : List.of("configure", jenkins.createFreeStyleProject().getUrl() + "configure")) {
            String policy = page(path).getResponseHeaderValue("Content-Security-Policy");
            assertThat(policy).contains("script-src", "default-src 'self'");
            assertThat(policy.split(";"))
                    .filteredOn(directive -> directive.matches("\\s*(script|default)-src.*"))
                    .hasSize(2)
                    .noneMatch(directive -> directive.contains("unsafe"));
        }
    }
}
