package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.Pages;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.htmlunit.html.HtmlFormUtil;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A stored server that lends to every job and lists some: it is loaded, lends to the listed only, and somebody is told. */
class ContradictionMonitorTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private FreeStyleProject listed;
    private FreeStyleProject other;

    @BeforeEach
    void storeAContradiction() throws Exception {
        listed = jenkins.createFreeStyleProject("job-" + UUID.randomUUID());
        other = jenkins.createFreeStyleProject("job-" + UUID.randomUUID());
        Setup.servers(Setup.restricted("main", "http://localhost:1", Setup.TOKEN_ID, listed.getName()));
        Path file = jenkins.jenkins
                .getRootDir()
                .toPath()
                .resolve(MetaKraftwerkGlobalConfiguration.class.getName() + ".xml");
        String xml = Files.readString(file);
        assertThat(xml).contains("<usageRestricted>true");
        Files.writeString(file, xml.replace("<usageRestricted>true", "<usageRestricted>false"));
        MetaKraftwerkGlobalConfiguration.get().load();
    }

    private static MetaKraftwerkServer server() {
        return MetaKraftwerkGlobalConfiguration.get().getServers().get(0);
    }

    private static ContradictionMonitor monitor() {
        return ExtensionList.lookupSingleton(ContradictionMonitor.class);
    }

    private static boolean lendsTo(FreeStyleProject job) {
        try {
            CredentialLending.require(server(), job);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    private void submit(String usage, String names) throws Exception {
        try (var client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("configure");
            Pages.filled(client, page);
            HtmlSelect select = page.getFirstByXPath("//div[@name='servers']//select[@name='_.usage']");
            assertThat(select.getSelectedOptions().get(0).getValueAttribute()).isEqualTo("listed");
            select.setSelectedAttribute(usage, true);
            page.<HtmlInput>getFirstByXPath("//div[@name='servers']//input[@name='_.allowedItemsText']")
                    .setValue(names);
            HtmlFormUtil.submit(page.getFormByName("config"));
        }
    }

    @Test
    void theListCountsAndAdministratorsAreTold() throws Exception {
        assertThat(lendsTo(listed)).isTrue();
        assertThat(lendsTo(other)).isFalse();
        assertThat(monitor().isActivated()).isTrue();
        try (var client = jenkins.createWebClient()) {
            assertThat(client.goTo("manage/").asNormalizedText())
                    .contains(
                            "says that every job may use their credential, but also has a list of those who may: main. The list counts.");
        }
    }

    @Test
    void theFormThatIsSavedAsItIsSaysTheSameWithoutTheContradiction() throws Exception {
        submit("listed", listed.getName());
        assertThat(lendsTo(listed)).isTrue();
        assertThat(lendsTo(other)).isFalse();
        assertThat(monitor().isActivated()).isFalse();
    }

    @Test
    void anEmptiedBoxIsNobody() throws Exception {
        submit("listed", " ");
        assertThat(server().getAllowedItems()).isEmpty();
        assertThat(lendsTo(listed)).isFalse();
        assertThat(monitor().isActivated()).isFalse();
    }

    @Test
    void whoChoosesEveryJobDropsTheList() throws Exception {
        submit("all", listed.getName());
        assertThat(server().getAllowedItems()).isEmpty();
        assertThat(lendsTo(other)).isTrue();
        assertThat(monitor().isActivated()).isFalse();
    }

    /** Or everybody could use it once the last item of the list is deleted. */
    @Test
    void theLastEntryThatGoesWithItsItemOpensNothing() throws Exception {
        listed.delete();
        assertThat(server().getAllowedItems()).isEmpty();
        assertThat(lendsTo(other)).isFalse();
        MetaKraftwerkGlobalConfiguration again = new MetaKraftwerkGlobalConfiguration();
        again.load();
        assertThat(again.getServers().get(0).isUsageRestricted()).as("stored").isTrue();
    }

    /** A script sets what it likes, in any order. */
    @Test
    void aListThatAScriptSetsRestricts() {
        MetaKraftwerkServer server = Setup.server("main", "http://localhost:1", null);
        server.setAllowedItems(List.of("team-a"));
        server.setUsageRestricted(false);
        assertThat(server.isUsageRestricted()).isTrue();
    }
}
