package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.Iterables;
import hudson.model.Cause;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.User;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticator;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;

/** A trigger in a Jenkins: what it starts, what it says, and when it asks. */
class BuildFinishedTriggerTest {

    private static final String BUILDS = "/api/v1/builds";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject job() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
        return job;
    }

    private List<String> look(hudson.model.Job<?, ?> job) {
        return TestPolls.look(SHARED.time(), job);
    }

    private void finish(long... ids) {
        for (long id : ids) {
            server.setBuild(id, "FINISHED", 100, null);
        }
    }

    @Test
    void startsOnceForEachBuildThatFinishes() throws Exception {
        FreeStyleProject job = job();
        assertThat(TestPolls.log(job).newest().get(0).lines())
                .containsExactly("Noted the 4 builds that are on stand-in, 1 of them not finished yet. "
                        + "Those that finish from now on start the job.");
        finish(RUNNING_BUILD);
        assertThat(look(job))
                .containsExactly(
                        "Saw 4 builds on stand-in, 0 of them not finished yet.",
                        "MetaKraftwerk build 5140 (Build 5140) has finished: queued a build of this job for it.");
        assertThat(look(job)).hasSize(1);

        Run<?, ?> build = TestPolls.builds(job, 1).get(0);
        assertThat(job.getBuilds()).hasSize(1);
        assertThat(build.getCause(BuildFinishedCause.class).getShortDescription())
                .isEqualTo("MetaKraftwerk build 5140 (Build 5140) has finished");
        jenkins.assertLogContains("MetaKraftwerk build 5140 (Build 5140) has finished", build);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            assertThat(browser.getPage(build).getWebResponse().getContentAsString())
                    .contains("href=\"" + server.url() + "\">MetaKraftwerk build 5140 (Build 5140)</a> has finished");
        }
    }

    @Test
    void aFilterThatNothingFitsIsSaid() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(TestPolls.SPEC);
        trigger.setProject("Salez");
        TestPolls.watch(job, trigger);
        assertThat(TestPolls.log(job).newest().get(0).lines())
                .contains("No build fits. Compare the names of pattern, project and user with those on the server.");
    }

    @Test
    void severalThatFinishAtOnceAreNotFolded() throws Exception {
        FreeStyleProject job = job();
        job.setQuietPeriod(1);
        finish(RUNNING_BUILD, 6001, 6002);
        jenkins.jenkins.getQueue().schedule2(job, 3600, List.of());
        look(job);
        TestWaits.until("three builds", () -> Iterables.size(job.getBuilds()) >= 3 && !job.isBuilding());
        assertThat(job.getBuilds().stream()
                        .map(run -> run.getCause(BuildFinishedCause.class).getBuildId()))
                .containsExactlyInAnyOrder(RUNNING_BUILD, 6001L, 6002L);
        assertThat(job.isInQueue())
                .as("what somebody has queued is still there")
                .isTrue();
        jenkins.jenkins.getQueue().cancel((Queue.Task) job);
    }

    @Test
    void aLookStartsAHundredAndSaysWhatWaits() throws Exception {
        FreeStyleProject job = job();
        job.setQuietPeriod(3600);
        finish(LongStream.rangeClosed(6001, 6130).toArray());
        assertThat(look(job))
                .containsExactly(
                        "Saw 134 builds on stand-in, 1 of them not finished yet.",
                        "100 builds have finished: queued a build of this job for each of them. Their ids: 6001–6100.",
                        "30 more builds have finished and wait. A look starts at most 100. The next looks start the rest, "
                                + "the oldest first. Their ids: 6101–6130.");
        assertThat(queued(job)).hasSize(100);
        assertThat(look(job))
                .containsExactly(
                        "Saw 134 builds on stand-in, 1 of them not finished yet.",
                        "30 builds have finished: queued a build of this job for each of them. Their ids: 6101–6130.");
        assertThat(queued(job)).hasSize(130);
        queued(job).forEach(jenkins.jenkins.getQueue()::cancel);
    }

    private List<Queue.Item> queued(FreeStyleProject job) {
        return jenkins.jenkins.getQueue().getItems(job);
    }

    /** Only the file can tell then that it has started. */
    @Test
    void aStartIsOnTheDiskBeforeItsBuildIsDeleted() throws Exception {
        FreeStyleProject job = job();
        finish(6001, 6002);
        look(job);
        Path memory = job.getRootDir().toPath().resolve("metakraftwerk-builds.json");
        TestPolls.builds(job, 2);
        assertThat(toStart(memory)).contains("6001", "6002");
        Run<?, ?> last = job.getLastBuild();
        TestWaits.until("the end of its log", () -> !last.isLogUpdated());
        last.delete();
        assertThat(toStart(memory)).doesNotContain("6001").doesNotContain("6002");
    }

    private static String toStart(Path memory) throws IOException {
        return new ObjectMapper().readTree(memory.toFile()).get("to_start").toString();
    }

    @Test
    void freestyleBuildsGetTheIdAndTheirDefaults() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        CaptureEnvironmentBuilder environment = new CaptureEnvironmentBuilder();
        job.getBuildersList().add(environment);
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("BUILD", "none"), new StringParameterDefinition("STAGE", "test")));
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(TestPolls.SPEC);
        trigger.setParameter("BUILD");
        TestPolls.watch(job, trigger);
        finish(RUNNING_BUILD);
        look(job);
        TestPolls.builds(job, 1);
        assertThat(environment.getEnvVars())
                .containsEntry("MK_BUILD_ID", "5140")
                .containsEntry("BUILD", "5140")
                .containsEntry("STAGE", "test");

        trigger.setParameter("OTHER");
        finish(6001);
        assertThat(look(job).toString() + TestPolls.log(job).newest()).contains("The job has no parameter 'OTHER'");
        TestPolls.builds(job, 2);
        assertThat(environment.getEnvVars()).containsEntry("BUILD", "none").containsEntry("MK_BUILD_ID", "6001");
    }

    private WorkflowJob declarative(String more) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                pipeline {
                    agent none
                    options { disableConcurrentBuilds() }
                    triggers { metaKraftwerkBuildFinished(spec: %s, pattern: 'CORE_DV_HLS') }
                    stages { stage('Tell') { steps { echo "for ${env.MK_BUILD_ID}"; echo params.toString() } } }
                }
                """.formatted(more), true));
        return job;
    }

    @Test
    void aDeclarativePipelineHasItAndItGoesOnFromRunToRun() throws Exception {
        WorkflowJob job = declarative("'" + TestPolls.SPEC + "'");
        jenkins.assertLogContains("for null", jenkins.buildAndAssertSuccess(job));
        TestPolls.awaitEntries(job, 1);
        finish(RUNNING_BUILD, 6001);
        server.changeBuild(6001, "patterns", List.of(99));
        jenkins.buildAndAssertSuccess(job);
        assertThat(look(job)).hasSize(2);
        WorkflowRun run = (WorkflowRun) TestPolls.builds(job, 3).get(0);
        jenkins.assertLogContains("for 5140", jenkins.assertBuildStatusSuccess(run));
        assertThat(look(job)).hasSize(1);
        assertThat(job.getBuilds()).hasSize(3);
    }

    @Test
    void withoutAScheduleItIsOff() throws Exception {
        WorkflowJob job = declarative("env.BRANCH_NAME == 'main' ? 'H/5 * * * *' : ''");
        jenkins.buildAndAssertSuccess(job);
        BuildFinishedTrigger trigger = (BuildFinishedTrigger) TriggerSettings.forJob(job);
        assertThat(trigger.getSpec()).isEmpty();
        trigger.run();
        assertThat(server.requests()).isEmpty();
        assertThat(TestPolls.log(job).newest()).isEmpty();
    }

    @Test
    void theStepPropertiesMakesItToo() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "properties([pipelineTriggers([metaKraftwerkBuildFinished(spec: '" + TestPolls.SPEC + "')])])\n"
                        + "echo \"for ${env.MK_BUILD_ID}\"",
                true));
        jenkins.buildAndAssertSuccess(job);
        TestPolls.awaitEntries(job, 1);
        finish(RUNNING_BUILD, 6001);
        look(job);
        assertThat(TestPolls.builds(job, 3)).hasSize(3);
        assertThat(look(job)).hasSize(1);
        assertThat(job.getBuilds()).hasSize(3);
    }

    @Test
    void aDisabledJobStartsForNothingThatFinishesMeanwhile() throws Exception {
        FreeStyleProject job = job();
        job.setQuietPeriod(3600);
        finish(RUNNING_BUILD);
        look(job);
        job.makeDisabled(true);
        TestWaits.until("an entry", () -> lines(job).contains("The job is disabled"));
        assertThat(jenkins.jenkins.getQueue().getItems(job)).isEmpty();
        finish(6001);
        job.makeDisabled(false);
        assertThat(look(job))
                .contains("The job was disabled, or its trigger was off or removed. "
                        + "Builds that finished meanwhile do not start the job.");
        job.setQuietPeriod(0);
        finish(6002);
        look(job);
        assertThat(TestPolls.ids(job, 1)).containsExactly(6002L);
    }

    private static String lines(hudson.model.Job<?, ?> job) {
        return TestPolls.log(job).newest().toString();
    }

    @Test
    void whatSomebodyTakesOutOfTheQueueDoesNotComeBack() throws Exception {
        FreeStyleProject job = job();
        job.setQuietPeriod(3600);
        finish(RUNNING_BUILD);
        look(job);
        jenkins.jenkins.getQueue().cancel((Queue.Task) job);
        TestWaits.until(
                "an entry", () -> lines(job).contains("5140 was taken out of the queue. It will not come back."));
        assertThat(look(job)).hasSize(1);
        assertThat(job.isInQueue()).isFalse();
    }

    @Test
    void jobsThatWouldSeeTheSameShareALook() throws Exception {
        FreeStyleProject one = job();
        FreeStyleProject two = job();
        server.clearRequests();
        SHARED.time().skip(Duration.ofDays(9));
        Hold hold = server.hold("GET", BUILDS);
        ((BuildFinishedTrigger) TriggerSettings.forJob(one)).run();
        server.awaitRequest("GET", BUILDS, 1, TestWaits.LIMIT);
        ((BuildFinishedTrigger) TriggerSettings.forJob(two)).run();
        hold.release();
        TestPolls.awaitEntries(one, 2);
        TestPolls.awaitEntries(two, 2);
        assertThat(server.requests("GET", BUILDS)).hasSize(1);
        assertThat(TestPolls.log(two).newest().toString()).contains("Another job looked");
        ((BuildFinishedTrigger) TriggerSettings.forJob(one)).run();
        TestPolls.awaitEntries(one, 3);
        assertThat(server.requests("GET", BUILDS))
                .as("what it had tells it nothing new")
                .hasSize(2);
        job();
        assertThat(server.requests("GET", BUILDS))
                .as("the first look is its own")
                .hasSize(3);
    }

    @Test
    void errorsDoNotEndItAndAWrongCredentialMakesPauses() throws Exception {
        FreeStyleProject job = job();
        server.fault("GET", BUILDS, 1, Fault.error(403, "No"));
        assertThat(look(job)).singleElement().asString().contains("Could not look. ", "answered 403");
        finish(RUNNING_BUILD);
        assertThat(look(job)).hasSize(2);
        assertThat(TestPolls.ids(job, 1)).containsExactly(RUNNING_BUILD);

        server.refuseToken(server.token());
        assertThat(look(job)).singleElement().asString().contains("Could not look. ");
        int asked = server.requests().size();
        int before = TestPolls.log(job).newest().size();
        ((BuildFinishedTrigger) TriggerSettings.forJob(job)).run();
        assertThat(TestPolls.awaitEntries(job, before + 1).get(0).lines())
                .singleElement()
                .asString()
                .contains("Did not ask, since stand-in has refused before. It is asked again in ");
        assertThat(server.requests()).hasSize(asked);
    }

    @Test
    void aFrozenServerIsReadAndACredentialThatIsNotLentIsNotUsed() throws Exception {
        FreeStyleProject job = job();
        MetaKraftwerkServer frozen = Setup.server(Setup.SERVER, server.url(), Setup.TOKEN_ID);
        frozen.setFrozen("until Monday");
        Setup.servers(frozen);
        assertThat(look(job)).hasSize(2).first().asString().contains("The server stand-in is frozen (until Monday).");

        Setup.servers(Setup.restricted(Setup.SERVER, server.url(), Setup.TOKEN_ID, "others"));
        server.clearRequests();
        assertThat(look(job))
                .singleElement()
                .asString()
                .startsWith("Could not look. ")
                .contains(job.getFullName());
        assertThat(server.requests()).isEmpty();
    }

    /** As its runs do: the trigger asks with what it borrows. */
    @Test
    void aJobThatIsSomebodysNeedsPermissionForWhatItBorrows() throws Exception {
        FreeStyleProject job = job();
        Setup.secure(jenkins).let("bob carol", Jenkins.READ, Item.READ).let("carol", CredentialsProvider.USE_ITEM);
        var authenticators = QueueItemAuthenticatorConfiguration.get().getAuthenticators();
        try {
            authenticators.add(runningAs(job, "bob"));
            server.clearRequests();
            assertThat(look(job))
                    .singleElement()
                    .asString()
                    .startsWith("Could not look. ")
                    .contains("'bob', who lacks the permission Credentials/UseItem");
            assertThat(server.requests()).isEmpty();
            authenticators.clear();
            authenticators.add(runningAs(job, "carol"));
            assertThat(look(job)).singleElement().asString().startsWith("Saw 4 builds");
        } finally {
            authenticators.clear();
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        }
    }

    private static QueueItemAuthenticator runningAs(FreeStyleProject job, String user) {
        return new MockQueueItemAuthenticator()
                .authenticate(job.getFullName(), User.getById(user, true).impersonate2());
    }

    @Test
    void thePollingLogIsForThoseWhoMayReadTheJob() throws Exception {
        FreeStyleProject job = job();
        // As a form does, after which a job has the pages of its triggers.
        jenkins.configRoundtrip(job);
        server.changeBuild(RUNNING_BUILD, "name", "<b>bold</b>");
        server.changeBuild(RUNNING_BUILD, "status", "FINISHED");
        look(job);
        TestPolls.builds(job, 1);
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            String page = browser.goTo(job.getUrl() + "metakraftwerk-polling")
                    .getWebResponse()
                    .getContentAsString();
            assertThat(page)
                    .contains("MetaKraftwerk Polling Log", "Noted the 4 builds", "&lt;b>bold&lt;/b>")
                    .doesNotContain("<b>bold");
        }
    }

    @Test
    void theFormKeepsAllOfIt() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(TestPolls.SPEC);
        trigger.setPattern("CORE_DV_HLS");
        trigger.setProject("Sales");
        trigger.setUser("demo");
        trigger.setServer(Setup.SERVER);
        trigger.setCredentialsId(Setup.ACCOUNT_ID);
        trigger.setParameter("BUILD");
        TestPolls.watch(job, trigger);
        jenkins.configRoundtrip(job);
        BuildFinishedTrigger saved = (BuildFinishedTrigger) TriggerSettings.forJob(job);
        assertThat(saved).isNotSameAs(trigger);
        jenkins.assertEqualDataBoundBeans(trigger, saved);
    }

    @Test
    void aBuildOfSomebodyHasNoCauseOfIt() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job());
        assertThat(build.getCause(BuildFinishedCause.class)).isNull();
        assertThat(build.getCauses()).hasAtLeastOneElementOfType(Cause.class);
    }
}
