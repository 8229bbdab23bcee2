package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.server.Target.Origin;
import java.io.File;
import java.util.Map;
import java.util.UUID;
import javaposse.jobdsl.dsl.JobManagement;
import javaposse.jobdsl.plugin.JenkinsDslScriptLoader;
import javaposse.jobdsl.plugin.JenkinsJobManagement;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a folder says for the jobs in it. */
class MetaKraftwerkFolderPropertyTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private Folder outer;
    private Folder inner;
    private FreeStyleProject job;

    @BeforeEach
    void aJobInTwoFolders() throws Exception {
        outer = SHARED.jenkins().createProject(Folder.class, "outer-" + UUID.randomUUID());
        inner = outer.createProject(Folder.class, "inner");
        job = inner.createProject(FreeStyleProject.class, "job");
        Setup.servers(
                Setup.server("main", "http://localhost:1", "of-server"),
                Setup.server("test", "http://localhost:2", null));
    }

    private Target target(String server, String credentialsId) throws Exception {
        return Target.forItem(job, server, credentialsId);
    }

    @Test
    void theNearestFolderDecides() throws Exception {
        assertThat(target(null, null)).hasToString("main (http://localhost:1) with of-server of the SERVER");
        Setup.inFolder(outer, "test", new ServerCredential("test", "outer"), new ServerCredential("main", "outer"));
        assertThat(target(null, null).server()).isEqualTo("test");
        assertThat(target(null, null).credentialsId()).isEqualTo("outer");
        Setup.inFolder(inner, "main", new ServerCredential("main", "inner"));
        assertThat(target(null, null).server()).isEqualTo("main");
        assertThat(target(null, null).credentialsId()).isEqualTo("inner");
        assertThat(target(null, null).origin()).isEqualTo(Origin.FOLDER);
        assertThat(target("test", null).credentialsId()).isEqualTo("outer");
        assertThat(target("main", "mine").origin()).isEqualTo(Origin.STEP);
        assertThat(ServerChoice.defaultName(job)).isEqualTo("main");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        assertThatThrownBy(() -> target("test", null))
                .hasMessageContaining("The job names none, no folder above it names one for this server, and the server"
                        + " has none");
        Setup.inFolder(outer, "gone");
        assertThatThrownBy(() -> target(null, null))
                .hasMessageContaining("The folder '" + outer.getFullName() + "' names 'gone' as its default");
    }

    @Test
    void anIdIsLookedForWhereItsFolderIs() throws Exception {
        Setup.folderCredential(outer, Setup.secretText("same", "outer"));
        Setup.folderCredential(inner, Setup.secretText("same", "inner"));
        Setup.inFolder(outer, null, new ServerCredential("main", "same"));
        var server = MetaKraftwerkGlobalConfiguration.get().chosen("main");
        assertThat(ServerCredentials.ofFolder(outer.getFullName(), "same", server))
                .isSameAs(Setup.folderStore(outer)
                        .getCredentials(com.cloudbees.plugins.credentials.domains.Domain.global())
                        .get(0));
        Target before = target(null, null);
        assertThat(before.folderOf(job)).isEqualTo(outer.getFullName());
        Setup.inFolder(inner, null, new ServerCredential("main", "other"));
        assertThatThrownBy(() -> before.folderOf(job)).hasMessageContaining("does not name the credential 'same'");
    }

    /** The system store has it, and whoever configures a folder must not get at it that way. */
    @Test
    void aFolderCannotNameWhatIsOfScopeSystem() throws Exception {
        Setup.systemCredential(Setup.secretText(CredentialsScope.SYSTEM, "system", "x"));
        var server = MetaKraftwerkGlobalConfiguration.get().chosen("main");
        assertThat(ServerCredentials.ofSystem("system", server)).isNotNull();
        assertThatThrownBy(() -> ServerCredentials.ofFolder(outer.getFullName(), "system", server))
                .hasMessageContaining("There is no usable credential with the id 'system' in the stores that");
    }

    @Test
    void theFormKeepsWhatItShows() throws Exception {
        Setup.folderCredential(outer, Setup.secretText("mine", "x"));
        Setup.inFolder(outer, "test", new ServerCredential("test", "mine"), new ServerCredential("main", "gone"));
        HtmlPage page = SHARED.jenkins().createWebClient().getPage(outer, "configure");
        assertThat(page.querySelectorAll(".jenkins-section__title"))
                .extracting(title -> title.getTextContent().trim())
                .contains("MetaKraftwerk");
        SHARED.jenkins().configRoundtrip(outer);
        assertThat(outer.getConfigFile().asString())
                .contains("<server>test</server>", "<credentialsId>mine</credentialsId>")
                .doesNotContain("ImmutableCollections", "CollSer");
        MetaKraftwerkFolderProperty after = outer.getProperties().get(MetaKraftwerkFolderProperty.class);
        assertThat(after.getDefaultServer()).isEqualTo("test");
        assertThat(after.getCredentials())
                .extracting(one -> one.getServer() + " " + one.getCredentialsId())
                .containsExactly("test mine", "main gone");
    }

    @Test
    void whoChoosesNoCredentialSeesWhatIsUsedInstead() throws Exception {
        assertThat(instead(job, "main")).isEqualTo("- that of the server 'main' -");
        assertThat(instead(job, null)).isEqualTo("- that of the server 'main' -");
        assertThat(instead(job, "test")).isEqualTo("- none: no folder and no server names one -");
        assertThat(instead(job, "gone")).isEqualTo("- that of the folder or the server -");
        Setup.inFolder(outer, "test", new ServerCredential("test", "mine"));
        assertThat(instead(job, null)).isEqualTo("- that of the folder '" + outer.getFullName() + "' -");
        assertThat(firstOf(WebCall.create(
                                SHARED.jenkins(), inner.getUrl(), ServerCredential.class, "fillCredentialsIdItems")
                        .with("server", "test")))
                .isEqualTo("- that of the folder '" + outer.getFullName() + "' -");
        assertThat(firstOf(WebCall.create(
                                SHARED.jenkins(), outer.getUrl(), ServerCredential.class, "fillCredentialsIdItems")
                        .with("server", "main")))
                .isEqualTo("- that of the server 'main' -");
        assertThat(ServerCredentials.systemList("", null).get(0).name)
                .isEqualTo("- none: folders and jobs name their own -");
    }

    private static String instead(Item item, String server) {
        return ServerCredentials.itemList(item, "", null, NoCredential.label(item, server))
                .get(0)
                .name;
    }

    private static String firstOf(WebCall call) throws Exception {
        return call.entries().get("");
    }

    @Test
    void theFormHasTheListsOfTheFormsOfJobs() throws Exception {
        Setup.inFolder(outer, "test", new ServerCredential("test", "mine"));
        try (JenkinsRule.WebClient browser = SHARED.jenkins().createWebClient()) {
            HtmlPage page = browser.getPage(inner, "configure");
            HtmlElement field = page.querySelector(".metakraftwerk-list input[name='_.defaultServer']");
            assertThat(field.getAttribute("placeholder")).isEqualTo("test");
            page = browser.getPage(outer, "configure");
            assertThat(page.<HtmlElement>querySelector(".metakraftwerk-list input[name='_.defaultServer']")
                            .getAttribute("placeholder"))
                    .as("what counts where the folder names none")
                    .isEqualTo(ServerChoice.defaultName(null));
            assertThat(page.querySelectorAll(".metakraftwerk-list input[name='_.server']"))
                    .isNotEmpty();
        }
        assertThat(WebCall.create(
                                SHARED.jenkins(),
                                inner.getUrl(),
                                MetaKraftwerkFolderProperty.class,
                                "fillDefaultServerItems")
                        .entries())
                .containsOnlyKeys("main", "test");
    }

    @Test
    void jobDslWritesIt() throws Exception {
        String name = "dsl-" + UUID.randomUUID();
        JobManagement jobs = new JenkinsJobManagement(System.out, Map.of(), new File("."));
        new JenkinsDslScriptLoader(jobs).runScript("""
                folder('%s') {
                    properties {
                        metaKraftwerkFolder {
                            defaultServer('test')
                            credentials {
                                serverCredential {
                                    server('test')
                                    credentialsId('mine')
                                }
                            }
                        }
                    }
                }
                """.formatted(name));
        Folder made = SHARED.jenkins().jenkins.getItemByFullName(name, Folder.class);
        MetaKraftwerkFolderProperty property = made.getProperties().get(MetaKraftwerkFolderProperty.class);
        assertThat(property.getDefaultServer()).isEqualTo("test");
        assertThat(property.getCredentials())
                .singleElement()
                .satisfies(one -> assertThat(one.getCredentialsId()).isEqualTo("mine"));
    }
}
