package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.scm.NullSCM;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.util.List;
import jenkins.branch.BranchProperty;
import jenkins.branch.BranchSource;
import jenkins.branch.DefaultBranchPropertyStrategy;
import jenkins.branch.NoTriggerBranchProperty;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of who may borrow a credential, and what happens to it when items come and go. */
class AllowedItemsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static List<String> entries() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().get(0).getAllowedItems();
    }

    @Test
    void namesAreKeptAsJenkinsWritesThem() {
        assertThat(AllowedItems.from(List.of(" /a/b/ ", "a/b", "", "c")).names())
                .containsExactly("a/b", "c");
        assertThat(ServerForm.names("a; b/c ;;\n d")).containsExactly("a", "b/c", "d");
    }

    @Test
    void onlyWholeNamesAreChanged() {
        AllowedItems items = AllowedItems.from(List.of("prod", "prod/app", "prod-evil", "x/prod"));
        assertThat(items.moved("prod", "live").names()).containsExactly("live", "live/app", "prod-evil", "x/prod");
        assertThat(items.without("prod").names()).containsExactly("prod-evil", "x/prod");
    }

    @Test
    void theEntryOfABranchStaysAsLongAsItsProject() throws Exception {
        WorkflowMultiBranchProject app = SHARED.jenkins().createProject(WorkflowMultiBranchProject.class, "app");
        BranchSource source = new BranchSource(new SingleSCMSource("main", new NullSCM()));
        source.setStrategy(new DefaultBranchPropertyStrategy(new BranchProperty[] {new NoTriggerBranchProperty()}));
        app.getSourcesList().add(source);
        app.scheduleBuild2(0).getFuture().get();
        Setup.servers(Setup.restricted("main", "http://localhost:1", "x", "app/main", "app/PR-1"));
        AllowedItems allowed = AllowedItems.from(List.of("app/main"));
        assertThat(allowed.cover(app.getItem("main"))).isTrue();
        assertThat(AllowedItems.from(List.of("app/PR-1")).cover(app.getItem("main")))
                .isFalse();

        app.getItem("main").delete();
        assertThat(entries()).containsExactly("app/main", "app/PR-1");
        app.scheduleBuild2(0).getFuture().get();
        assertThat(allowed.cover(app.getItem("main"))).as("indexed again").isTrue();
        app.delete();
        assertThat(entries()).isEmpty();
    }

    /** Or a new folder of the old name would inherit after a restart. */
    @Test
    void whatIsRewrittenIsStored() throws Exception {
        Folder before = SHARED.jenkins().createProject(Folder.class, "before");
        Setup.servers(Setup.restricted("main", "http://localhost:1", "x", "before"));
        before.renameTo("after");
        MetaKraftwerkGlobalConfiguration again = new MetaKraftwerkGlobalConfiguration();
        again.load();
        assertThat(again.getServers().get(0).getAllowedItems()).containsExactly("after");
    }

    /** Jenkins itself finds an item by names that the check does not take for its own. */
    @ParameterizedTest
    @ValueSource(strings = {"CAPS", "Caps", "caps//app", "caps/APP"})
    void theFormComparesNamesAsTheCheckDoes(String name) throws Exception {
        Item caps = SHARED.jenkins().jenkins.getItem("caps");
        Folder folder = caps == null ? SHARED.jenkins().createProject(Folder.class, "caps") : (Folder) caps;
        Item app = folder.getItem("app") == null
                ? folder.createProject(FreeStyleProject.class, "app")
                : folder.getItem("app");
        assertThat(AllowedItems.from(List.of(name)).cover(app)).isFalse();
        FormValidation said = ServerForm.checkNames("listed", name);
        assertThat(said.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(said.getMessage())
                .startsWith("Nothing is called &#039;" + name + "&#039;. Do you mean &#039;caps")
                .endsWith("Capitals and slashes count.");
        assertThat(ServerForm.checkNames("listed", "caps/app").kind).isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void theFormSaysWhatAnEntryCovers() throws Exception {
        SHARED.jenkins().createProject(Folder.class, "team-a");
        assertThat(ServerForm.checkNames("listed", " ").getMessage()).isEqualTo("Nobody may use it yet.");
        assertThat(ServerForm.checkNames("listed", "team-a").getMessage())
                .isEqualTo("Folder &#039;team-a&#039;, with all that is in it.");
        SHARED.jenkins().createProject(FreeStyleProject.class, "single");
        assertThat(ServerForm.checkNames("listed", "single").getMessage())
                .isEqualTo("Project &#039;single&#039; only.");
        assertThat(ServerForm.checkNames("listed", "team-a; team-b").getMessage())
                .isEqualTo(
                        "Nothing has this name: team-b. People who create an item of that name can use the credential.");
        assertThat(ServerForm.checkNames("all", "").getMessage()).isNull();
        assertThat(ServerForm.suggestions("x; team")).containsExactly("team-a");
    }
}
