package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.DEV_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.Past;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** Whoever writes a script learns by mkDeployed what is there, but of no job that he may not read which one it was. */
class MkDeployedAccessTest {

    private static final String ASK = "def d = mkDeployed pattern: '" + PATTERN + "', deployment: '" + DEV + "'\n"
            + "[d, d.previous].each { echo \"is ${it.buildId} by ${it.jenkinsBuild.fullDisplayName} at"
            + " ${it.jenkinsBuild.url} for ${it.users} from ${it.serverUrl} with ${it.credentialsId} of ${it.origin}\" }\n"
            + "echo \"can go back to ${d.previous.patternId} ${d.previous.deploymentId}\"";

    private static final String NOBODY = " by null at null for [] from null with null of null";
    private static final String BACK = "can go back to 11 21";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private Setup.Rights rights;
    private WorkflowJob own;
    private MockFolder hidden;
    private FreeStyleProject other;

    @BeforeEach
    void anotherJobDeploys() throws Exception {
        Past.forgetAll();
        rights = Setup.secure(jenkins).let("ann", Jenkins.READ);
        MockFolder team = jenkins.createFolder("team");
        own = team.createProject(WorkflowJob.class, "own");
        own.setDefinition(new CpsFlowDefinition(ASK, true));
        hidden = team.createProject(MockFolder.class, "hidden");
        other = hidden.createProject(FreeStyleProject.class, "secret");
        Past.forJob(other).by("sam").created(DEV, DEV_ID, 5138, 1).created(DEV, DEV_ID, 5139, 2);
        rights.grant(Item.READ).onItems(team, own).to("ann");
    }

    @AfterEach
    void asSystemAgain() {
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
    }

    private String log() throws Exception {
        return JenkinsRule.getLog(jenkins.buildAndAssertSuccess(own));
    }

    private void runAsAnn() {
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                own.getFullName(), User.getById("ann", true).impersonate2()));
    }

    private void assertTellsNoJob() throws Exception {
        assertThat(log())
                .contains("is 5139" + NOBODY, "is 5138" + NOBODY, BACK)
                .doesNotContain("hidden", "secret", "sam", "from http", Setup.TOKEN_ID);
    }

    @Test
    void aRunAsSystemIsToldOfNoOtherJob() throws Exception {
        assertTellsNoJob();
    }

    @Test
    void noRunIsToldWhichJobItWasThatWasDeleted() throws Exception {
        other.delete();
        Past.forJob(own).created(DEV, DEV_ID, 5137, 3);
        assertThat(log())
                .contains("is 5137 by team » own #1 at ", "is 5139" + NOBODY)
                .doesNotContain("secret", "sam");
    }

    @Test
    void aRunAsSomebodyIsToldWhatHeMayRead() throws Exception {
        runAsAnn();
        assertTellsNoJob();
        rights.grant(Item.READ).onItems(other).to("ann");
        // Her browser would not find it, since the folder is hidden.
        assertTellsNoJob();
        rights.grant(Item.READ).onItems(hidden).to("ann");
        assertThat(log()).contains("is 5139 by team » hidden » secret #1", "for [sam] from http", "of SERVER");
    }

    @Test
    void aRunAsSystemIsToldWhatEverybodyMayRead() throws Exception {
        rights.let("anonymous", Jenkins.READ, Item.READ);
        assertThat(log()).contains("is 5138 by team » hidden » secret #1", "for [sam]", "with " + Setup.TOKEN_ID);
    }

    @Test
    void whatCannotBeReadIsSaidWithoutTheNameOfTheJob() throws Exception {
        Path targets = other.getRootDir().toPath().resolve("metakraftwerk-targets.jsonl");
        Files.writeString(targets, Files.readString(targets) + "no line\n", StandardCharsets.UTF_8);
        jenkins.jenkins.reload();
        own = jenkins.jenkins.getItemByFullName("team/own", WorkflowJob.class);
        assertThat(log())
                .contains("The history of another job here cannot be read, or not all of it.")
                .doesNotContain("hidden", "secret");
    }
}
