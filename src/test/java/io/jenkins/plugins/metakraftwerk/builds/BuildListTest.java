package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.FINISHED_BUILD;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.OTHER_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PROJECT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Which builds the parameter suggests, to whom, and what it costs the server. */
class BuildListTest {

    private static final String NAME = "MK_BUILD";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private final BuildParameterDefinition parameter = new BuildParameterDefinition(NAME);

    private Folder folder;
    private FreeStyleProject job;

    @BeforeEach
    void createJob() throws Exception {
        folder = jenkins.createProject(Folder.class);
        job = folder.createProject(FreeStyleProject.class, "job");
        job.addProperty(new ParametersDefinitionProperty(parameter, new StringParameterDefinition("OTHER", "x")));
    }

    @AfterEach
    void everybodyMayEverything() {
        jenkins.jenkins.disableSecurity();
    }

    private WebCall list() {
        return WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems")
                .with("name", NAME);
    }

    private static String local(String time) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm")
                .withZone(ZoneId.systemDefault())
                .format(Instant.parse(time));
    }

    private static List<String> down(long from, long to) {
        return LongStream.rangeClosed(to, from)
                .map(id -> from + to - id)
                .mapToObj(Long::toString)
                .toList();
    }

    @Test
    void theNewestFirstAndOnlyFinishedOnesThatAreThere() throws Exception {
        LongStream.rangeClosed(6001, 6120).forEach(id -> server.addBuild(id, "FINISHED", 100, null));
        server.deleteBuild(6120);
        server.addBuild(6200, "BUILDING", 1, null);
        assertThat(list().entries().keySet()).containsExactlyElementsOf(down(6119, 6020));
        assertThat(list().more()).isEqualTo(20);
    }

    @Test
    void allThatTheServerSentIsSearchedAndTheIdThatIsTypedComesFirst() throws Exception {
        LongStream.rangeClosed(51_390, 51_599).forEach(id -> server.addBuild(id, "FINISHED", 100, null));
        server.changeBuild(51_400, "name", "Release 7");
        server.changeBuild(FINISHED_BUILD, "name", "The old release");
        assertThat(list().with("search", " RELEASE ").entries()).containsOnlyKeys("51400", "5139");
        assertThat(list().with("search", "core_dv_hub old").entries()).containsOnlyKeys("5139");
        assertThat(list().with("search", "5139").entries().keySet())
                .startsWith("5139", "51399", "51398")
                .hasSize(11);
        assertThat(list().with("search", "core").entries().keySet()).hasSize(100);
        assertThat(list().with("search", "core").more()).isEqualTo(111);
        assertThat(list().with("search", "7000").entries()).isEmpty();
        assertThat(server.requests("GET", "/api/v1/builds")).hasSize(1);
    }

    @Test
    void oneThatIsRunningIsThereAndMarkedWhereTheParameterSaysSo() throws Exception {
        assertThat(list().entries()).containsOnlyKeys("5139");
        parameter.setAlsoRunning(true);
        server.changeBuild(RUNNING_BUILD, "name", "nightly");
        Map<String, String> entries = list().entries();
        assertThat(entries.keySet()).containsExactly("5140", "5139");
        assertThat(entries.get("5140")).startsWith("5140 · nightly · still running · CORE_DV_HLS");
        assertThat(entries.get("5139")).contains(" · finished ");
    }

    @Test
    void aBuildIsCalledByAllThatTellsItFromOthers() throws Exception {
        server.changeBuild(FINISHED_BUILD, "name", "nightly");
        assertThat(list().entries())
                .containsExactly(Map.entry(
                        "5139",
                        "5139 · nightly · finished " + local("2025-06-01T08:05:00Z") + " · CORE_DV_HLS, CORE_DV_HUB"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
        server.fault("GET", "/api/v1/patterns", 1, Fault.error(403, "No"));
        server.changeBuild(FINISHED_BUILD, "name", null);
        server.changeBuild(FINISHED_BUILD, "build_end", "yesterday");
        server.changeBuild(FINISHED_BUILD, "patterns", List.of(11, 12, 13, 14, 15, 16, 17));
        server.addBuild(5138, "FINISHED", 100, null);
        server.changeBuild(5138, "patterns", List.of());
        server.changeBuild(5138, "build_end", null);
        assertThat(list().entries().values())
                .containsExactly("5139 · finished · #11, #12, #13, #14, #15, +2", "5138 · Build 5138 · finished");
    }

    @Test
    void thePatternAndTheProjectNarrowIt() throws Exception {
        server.addBuild(5138, "FINISHED", 100, null);
        server.changeBuild(5138, "patterns", List.of(12));
        server.addBuild(5137, "FINISHED", 100, null);
        server.changeBuild(5137, "project_id", 4);
        assertThat(list().entries()).containsOnlyKeys("5139", "5138", "5137");
        parameter.setPattern(PATTERN);
        assertThat(list().entries()).containsOnlyKeys("5139", "5137");
        parameter.setProject(PROJECT);
        assertThat(list().entries()).containsOnlyKeys("5139");
        parameter.setPattern(OTHER_PATTERN);
        assertThat(list().entries()).containsOnlyKeys("5139", "5138");
    }

    @Test
    void theServerIsAskedOnceForAllWhoLook() throws Exception {
        list().entries();
        list().entries();
        assertThat(server.requests("GET", "/api/v1/builds")).hasSize(1);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void onlyWhoMayStartTheJobCausesARequest() throws Exception {
        Setup.secure(jenkins)
                .let("reader user builder", Jenkins.READ)
                .let("user builder", Item.READ, Item.EXTENDED_READ)
                .let("user", Item.CONFIGURE, CredentialsProvider.USE_ITEM)
                .let("builder", Item.BUILD);
        assertThat(list().as("reader").send().getStatusCode()).isEqualTo(404);
        assertThat(list().send().getStatusCode()).isEqualTo(403);
        assertThat(list().as("user").failure()).contains("people who may start this job (Job/Build)");
        assertThat(list().as("builder").withoutCrumb().send().getStatusCode()).isEqualTo(403);
        assertThat(list().as("builder").byGet().send().getStatusCode()).isIn(404, 405);
        assertThat(server.requests()).isEmpty();
        assertThat(list().as("builder").entries()).containsOnlyKeys("5139");
    }

    @Test
    void theRequestSaysNothingAboutWhatTheServerIsAsked() throws Exception {
        try (StandInServer other = StandInServer.start()) {
            Setup.servers(
                    Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID),
                    Setup.server("other", other.url(), Setup.TOKEN_ID));
            list().with("server", "other")
                    .with("credentialsId", Setup.ACCOUNT_ID)
                    .with("pattern", PATTERN)
                    .with("project", PROJECT)
                    .entries();
            assertThat(other.requests()).isEmpty();
            assertThat(server.requests("GET", "/api/v1/builds"))
                    .singleElement()
                    .satisfies(request -> assertThat(request.query()).isEmpty());
            assertThat(server.requests("POST", StandInServer.AUTHENTICATION)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OTHER", "GONE"})
    void whatIsNoSuchParameterHasNoList(String name) throws Exception {
        WebCall call = WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems");
        assertThat(call.with("name", name).failure()).contains("no longer has such a parameter");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theFolderSaysWhichServerAndCredential() throws Exception {
        Setup.folderCredential(folder, Setup.secretText("of-folder", "folder-token"));
        try (StandInServer other = StandInServer.start()) {
            other.acceptToken("folder-token");
            other.addBuild(7000, "FINISHED", 100, null);
            Setup.servers(
                    Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID), Setup.server("other", other.url(), null));
            ServerCredential credential = new ServerCredential("other", "of-folder");
            Setup.inFolder(folder, "other", credential);
            assertThat(list().entries()).containsOnlyKeys("7000", "5139");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatLendsItsCredentialToOthersIsNotAsked() throws Exception {
        Setup.servers(Setup.restricted(Setup.SERVER, server.url(), Setup.TOKEN_ID, "elsewhere"));
        assertThat(list().failure()).contains("does not lend its credential to");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aFrozenServerMayBeRead() throws Exception {
        MetaKraftwerkServer frozen = Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID);
        frozen.setFrozen("Audit");
        Setup.servers(frozen);
        assertThat(list().entries()).containsOnlyKeys("5139");
    }

    @Test
    void theReasonIsGivenInPlaceOfAList() throws Exception {
        server.fault("GET", "/api/v1/builds", 1, Fault.error(403, "You may not see builds"));
        assertThat(list().failure()).contains("You may not see builds");
        parameter.setServer("gone");
        assertThat(list().failure()).contains("There is no MetaKraftwerk server called");
        parameter.setServer(null);
        parameter.setCredentialsId("gone");
        assertThat(list().failure()).contains("gone");
        parameter.setCredentialsId(null);
        parameter.setPattern("a\nb");
        assertThat(list().failure()).contains("control characters");
    }

    @Test
    void theFormOfAJobOffersPatternsAndProjects() throws Exception {
        assertThat(form("Pattern").entries()).containsKey(PATTERN);
        server.addProject(5, "Alpha");
        assertThat(form("Project").entries()).containsOnlyKeys("Alpha", "Finance", PROJECT);
        assertThat(form("Server").entries()).containsOnlyKeys(Setup.SERVER);
        assertThat(form("CredentialsId").entries()).containsKeys(Setup.TOKEN_ID, Setup.ACCOUNT_ID);
    }

    private WebCall form(String field) throws Exception {
        String page = jenkins.createWebClient()
                .goTo(job.getUrl() + "configure")
                .getWebResponse()
                .getContentAsString();
        assertThat(page).contains(StepForm.InScript.class.getName() + "/fill" + field + "Items");
        return WebCall.create(jenkins, job.getUrl(), StepForm.InScript.class, "fill" + field + "Items");
    }
}
