package io.jenkins.plugins.metakraftwerk.history;

import static io.jenkins.plugins.metakraftwerk.history.Entries.landed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.springframework.security.access.AccessDeniedException;

/** What all jobs did together, and who sees what of it. */
class DeploymentHistoryTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final TargetKey KEY = TargetKey.from(landed("", 9, 1, 1));

    private final JenkinsRule jenkins = SHARED.jenkins();
    private MockFolder teamA;
    private MockFolder teamB;
    private Job<?, ?> ofA;
    private Job<?, ?> ofB;

    @BeforeEach
    void twoTeams() throws Exception {
        teamA = jenkins.createFolder("team-a");
        teamB = jenkins.createFolder("team-b");
        ofA = teamA.createProject(FreeStyleProject.class, "app");
        ofB = teamB.createProject(FreeStyleProject.class, "app");
        note(ofA, landed("a", 9, 1, 1));
        note(ofB, landed("b", 9, 2, 2));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        MockAuthorizationStrategy rights = new MockAuthorizationStrategy();
        rights.grant(Jenkins.READ).everywhere().to("ann", "bob");
        rights.grant(Item.READ).onFolders(teamA).to("ann");
        rights.grant(Item.READ, Item.CONFIGURE).onFolders(teamB).to("bob");
        rights.grant(Jenkins.ADMINISTER).everywhere().to("admin");
        jenkins.jenkins.setAuthorizationStrategy(rights);
    }

    @AfterEach
    void away() throws Exception {
        teamA.delete();
        teamB.delete();
        DeploymentHistory.clear(jenkins.jenkins, KEY);
    }

    private static void note(Job<?, ?> job, AttemptRecord entry) {
        JobHistories.get().forJob(job).add(job, entry, false);
    }

    private static <T> T as(String user, Supplier<T> question) {
        try (ACLContext as = ACL.as2(User.getById(user, true).impersonate2())) {
            return question.get();
        }
    }

    private List<String> nowAs(String user) {
        return as(
                user,
                () -> DeploymentHistory.targets(jenkins.jenkins).stream()
                        .map(line -> line.now().owner() + " of " + line.now().job())
                        .toList());
    }

    private List<AttemptRecord> entriesAs(String user) {
        return as(user, () -> DeploymentHistory.attempts(jenkins.jenkins, KEY, 0, 10));
    }

    @Test
    void eachSeesOnlyWhatHeMayRead() {
        assertThat(nowAs("admin")).containsExactly("b of team-b/app");
        assertThat(nowAs("ann")).containsExactly("a of team-a/app");
        assertThat(entriesAs("admin")).extracting(AttemptRecord::owner).containsExactly("b", "a");
        assertThat(entriesAs("ann")).extracting(AttemptRecord::owner).containsExactly("a");
        assertThat(as("ann", () -> DeploymentHistory.targets(teamB))).isEmpty();
        assertThat(as("ann", () -> DeploymentHistory.targets(ofB))).isEmpty();
        assertThat(as("ann", () -> DeploymentHistory.attempts(ofB, KEY, 0, 10))).isEmpty();
    }

    @Test
    void aPageLeavesOutTheNewest() {
        assertThat(DeploymentHistory.attempts(jenkins.jenkins, KEY, 1, 1))
                .extracting(AttemptRecord::owner)
                .containsExactly("a");
    }

    @Test
    void movesWithTheJob() throws Exception {
        ((FreeStyleProject) ofB).renameTo("renamed");
        assertThat(nowAs("admin")).containsExactly("b of team-b/renamed");
        note(ofB, landed("c", 9, 3, 3));
        jenkins.jenkins.reload();
        assertThat(nowAs("admin")).containsExactly("c of team-b/renamed");
        teamB = jenkins.jenkins.getItemByFullName("team-b", MockFolder.class);
        teamA = jenkins.jenkins.getItemByFullName("team-a", MockFolder.class);
    }

    @Test
    void whatADeletedJobBroughtIsStillThere() throws Exception {
        ofB.delete();
        assertThat(nowAs("bob")).as("may configure the folder").containsExactly("b of team-b/app");
        assertThat(as("bob", () -> DeploymentHistory.targets(teamB))
                        .get(0)
                        .now()
                        .deleted())
                .isTrue();
        assertThat(nowAs("ann")).as("may not read the folder").containsExactly("a of team-a/app");

        teamB.delete();
        AttemptRecord shown = entriesAs("ann").get(0);
        assertThat(shown.deleted()).isTrue();
        assertThat(shown.buildId()).isEqualTo(2);
        assertThat(shown.toString()).doesNotContain("team-b", "job #3", "ann");
        assertThat(shown.job()).isNull();
        assertThat(shown.toString()).doesNotContain(Entries.URL, "mk-prod");
        assertThat(nowAs("admin")).containsExactly("b of team-b/app");
    }

    @Test
    void whatADeletedJobLeftIsShownOnlyWhereAJobShowsTheSame() throws Exception {
        note(ofB, landed("elsewhere", 10, 3, 3));
        teamB.delete();
        assertThat(nowAs("ann")).containsExactly("null of null");
        assertThat(as(
                        "ann",
                        () -> DeploymentHistory.attempts(jenkins.jenkins, TargetKey.from(landed("", 10, 1, 1)), 0, 10)))
                .isEmpty();
        assertThat(nowAs("admin")).containsExactlyInAnyOrder("b of team-b/app", "elsewhere of team-b/app");

        ofA.delete();
        assertThat(nowAs("ann")).as("no job shows it any more").isEmpty();
        assertThat(entriesAs("ann")).isEmpty();
        as("admin", () -> clear(() -> DeploymentHistory.clear(jenkins.jenkins, TargetKey.from(landed("", 10, 1, 1)))));
    }

    @Test
    void whoMayConfigureClears() {
        assertThatThrownBy(() -> as("ann", () -> clear(() -> DeploymentHistory.clear(ofA, KEY))))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> as("bob", () -> clear(() -> DeploymentHistory.clear(jenkins.jenkins, KEY))))
                .isInstanceOf(AccessDeniedException.class);
        as("bob", () -> clear(() -> DeploymentHistory.clear(teamB, KEY)));
        assertThat(entriesAs("admin")).extracting(AttemptRecord::owner).containsExactly("a");
        as("admin", () -> clear(() -> DeploymentHistory.clear(jenkins.jenkins, KEY)));
        assertThat(entriesAs("admin")).isEmpty();
    }

    private interface Clearing {
        void begin() throws IOException;
    }

    private static boolean clear(Clearing work) {
        try {
            work.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Test
    void buildsMayGo() throws Exception {
        FreeStyleProject job = teamA.createProject(FreeStyleProject.class, "deploys");
        job.getBuildersList().add(builder());
        jenkins.buildAndAssertSuccess(job).delete();
        TargetLine line = DeploymentHistory.targets(job).get(0);
        assertThat(line.now().outcome()).isEqualTo("CREATED");
        assertThat(line.now().pattern()).isEqualTo("CORE_DV_HLS");
        assertThat(line.now().patternId()).isEqualTo(11);
        assertThat(line.now().serverUrl()).isEqualTo(SHARED.server().url());
        assertThat(line.now().server()).isEqualTo(Setup.SERVER);
        assertThat(line.now().credentialsId()).isEqualTo(Setup.TOKEN_ID);
        assertThat(line.now().fullDisplayName()).isEqualTo("team-a » deploys #1");
        DeploymentHistory.clear(job, line.key());
    }

    private static DeployBuilder builder() {
        DeployBuilder builder = new DeployBuilder("5139");
        builder.setPattern("CORE_DV_HLS");
        builder.setDeployment("DEPLOY_TO_DEV");
        return builder;
    }
}
