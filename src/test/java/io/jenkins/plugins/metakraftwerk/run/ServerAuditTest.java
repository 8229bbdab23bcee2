package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.FreeStyleProject;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Who changes what of a server that decides about deployments is noted, with what it was before. */
class ServerAuditTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final Authentication ADA = new UsernamePasswordAuthenticationToken("ada", null, List.of());
    private static final String URL = "https://a.example";

    @BeforeEach
    void beginAnew() throws IOException {
        Setup.servers(Setup.restricted("production", URL, "mk-prod", "team", "other"));
        AuditReader.beginAnew();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void asAda(Work work) throws Exception {
        try (ACLContext admin = ACL.as2(ADA)) {
            work.run();
        }
    }

    private static void configure(MetaKraftwerkServer... servers) throws Exception {
        asAda(() -> Setup.servers(servers));
    }

    private static List<JsonNode> lines() throws IOException {
        return AuditReader.lines(AuditReader.sent());
    }

    private static List<String> changes() throws IOException {
        return AuditReader.changes(lines());
    }

    @Test
    void whatIsChangedIsNoted() throws Exception {
        MetaKraftwerkServer changed = Setup.restricted("production", "https://b.example", "mk-new", "other", "third");
        changed.setFrozen("Quarter end");
        configure(changed);
        assertThat(changes())
                .containsExactly(
                        "ada: urlChanged https://a.example > https://b.example",
                        "ada: credentialChanged mk-prod > mk-new",
                        "ada: entryRemoved team > -",
                        "ada: entryAdded - > third",
                        "ada: frozen - > -Quarter end");
        assertThat(lines()).allSatisfy(line -> {
            assertThat(line.get("server").asText()).isEqualTo("production");
            assertThat(line.get("serverUrl").asText()).isEqualTo("https://b.example");
        });
    }

    @Test
    void whoOpensItToAllIsNoted() throws Exception {
        configure(Setup.server("production", URL, "mk-prod"));
        assertThat(changes())
                .containsExactly(
                        "ada: usageChanged listed > all", "ada: entryRemoved team > -", "ada: entryRemoved other > -");
    }

    @Test
    void whatIsOnlySavedAgainIsNoNews() throws Exception {
        configure(Setup.restricted("production", URL, "mk-prod", "other", "team"));
        assertThat(lines()).isEmpty();
    }

    /** Or whoever deletes a frozen server and makes it anew would thaw it unseen. */
    @Test
    void serversThatGoAndComeAreNoted() throws Exception {
        MetaKraftwerkServer frozen = Setup.restricted("production", URL, "mk-prod", "team");
        frozen.setFrozen("Quarter end");
        Setup.servers(frozen);
        AuditReader.beginAnew();
        configure();
        assertThat(changes()).containsExactly("ada: serverRemoved - > -Quarter end");
        AuditReader.beginAnew();
        configure(Setup.restricted("production", URL, "mk-prod", "team"));
        assertThat(changes())
                .containsExactly(
                        "ada: serverAdded - > -",
                        "ada: credentialChanged - > mk-prod",
                        "ada: usageChanged - > listed",
                        "ada: entryAdded - > team");
        assertThat(lines())
                .allSatisfy(line -> assertThat(line.get("serverUrl").asText()).isEqualTo(URL));
    }

    @Test
    void anyOfThemIsShortAndTellsNoSecret() {
        String text = "\u0001".repeat(10_000);
        AuditedServer server = new AuditedServer(text, text, text, List.of(text), text);
        assertThat(server.changes(text, null))
                .hasSize(5)
                .allSatisfy(change -> assertThat(change.toString().getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThan(16 * 1024));
        assertThat(AuditedServer.from(new MetaKraftwerkServer("s", "https://user:secret@host.example"))
                        .toString())
                .doesNotContain("secret");
    }

    /** One line for all entries: whoever may rename a folder may do so in a loop. */
    @Test
    void whatFollowsAnItemIsNoted() throws Exception {
        Folder team = SHARED.jenkins().createProject(Folder.class, "team");
        team.createProject(FreeStyleProject.class, "app");
        Setup.servers(Setup.restricted("production", URL, "mk-prod", "team", "team/app", "other"));
        AuditReader.beginAnew();
        asAda(() -> team.renameTo("crew"));
        assertThat(changes()).containsExactly("ada: entriesMoved team > crew2");
        AuditReader.beginAnew();
        asAda(() -> team.getItem("app").delete());
        asAda(team::delete);
        assertThat(changes()).containsExactly("ada: entriesRemoved crew/app > -1", "ada: entriesRemoved crew > -1");
        AuditReader.beginAnew();
        configure(Setup.restricted("production", URL, "mk-prod", "other"));
        assertThat(lines()).as("said already").isEmpty();
    }

    @Test
    void whatNoEntryNamesIsNoNews() throws Exception {
        FreeStyleProject job = SHARED.jenkins().createFreeStyleProject("unlisted");
        asAda(() -> job.renameTo("still-unlisted"));
        asAda(job::delete);
        assertThat(lines()).isEmpty();
    }
}
