package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.TopLevelItem;
import io.jenkins.plugins.metakraftwerk.deploy.TargetKey;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import javaposse.jobdsl.plugin.RemovedJobAction;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** A build is the same as long as its folder is: not by the name of its job, which is changed, and given away. */
class SameBuildTest {

    private static final String OF_DELETED =
            "An attempt of a build of a job that was deleted ended unknown, and no record of it was found. Sending";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    @AfterEach
    void away() throws Exception {
        for (TopLevelItem item : List.copyOf(jenkins.jenkins.getItems())) {
            item.delete();
        }
    }

    /** The next request does not arrive, and nobody can look for its record. */
    private void loseOne() {
        int before = posts();
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        server.fault(
                request -> request.is("GET", BUILD_DEPLOYMENTS) && posts() > before, 1, Fault.error(403, "Not now"));
    }

    private int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    private static void script(WorkflowJob job, String script) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
    }

    private WorkflowJob create(Folder folder, String script) throws Exception {
        WorkflowJob job = folder == null
                ? jenkins.createProject(WorkflowJob.class, "app")
                : folder.createProject(WorkflowJob.class, "app");
        script(job, script);
        return job;
    }

    /** The first build of a job sends, and says of the one before it only that it was of a deleted job. */
    private void sendsInItsFirstBuild(WorkflowJob job) throws Exception {
        int before = posts();
        WorkflowRun first = jenkins.buildAndAssertSuccess(job);
        assertThat(first.getNumber()).isEqualTo(1);
        assertThat(JenkinsRule.getLog(first)).contains(OF_DELETED).doesNotContain("attempt of " + job.getDisplayName());
        assertThat(posts()).isEqualTo(before + 1);
    }

    @Test
    void aJobThatIsMadeAnewSends() throws Exception {
        loseOne();
        WorkflowJob old = create(null, Scripts.DEPLOY);
        jenkins.buildAndAssertStatus(Result.FAILURE, old);
        old.delete();
        sendsInItsFirstBuild(create(null, Scripts.DEPLOY));
    }

    @Test
    void aFolderThatIsMadeAnewSends() throws Exception {
        loseOne();
        Folder team = jenkins.createProject(Folder.class, "team");
        jenkins.buildAndAssertStatus(Result.FAILURE, create(team, Scripts.DEPLOY));
        team.delete();
        sendsInItsFirstBuild(create(jenkins.createProject(Folder.class, "team"), Scripts.DEPLOY));
    }

    @Test
    void aJobThatJobDslMakesAnewSends() throws Exception {
        loseOne();
        String make = "pipelineJob('app') { definition { cps { script('''" + Scripts.DEPLOY + " '''); sandbox() } } }";
        FreeStyleProject seed = jenkins.createFreeStyleProject("seed");
        generate(seed, make);
        jenkins.buildAndAssertStatus(Result.FAILURE, jenkins.jenkins.getItemByFullName("app", WorkflowJob.class));
        generate(seed, "println 'none'");
        assertThat(jenkins.jenkins.getItem("app")).isNull();
        generate(seed, make);
        sendsInItsFirstBuild(jenkins.jenkins.getItemByFullName("app", WorkflowJob.class));
    }

    private void generate(FreeStyleProject seed, String script) throws Exception {
        ExecuteDslScripts dsl = new ExecuteDslScripts();
        dsl.setScriptText(script);
        dsl.setSandbox(true);
        dsl.setRemovedJobAction(RemovedJobAction.DELETE);
        seed.getBuildersList().replace(dsl);
        jenkins.buildAndAssertSuccess(seed);
    }

    @Test
    void aBranchThatComesBackSends() throws Exception {
        loseOne();
        WorkflowMultiBranchProject app = jenkins.createProject(WorkflowMultiBranchProject.class, "app");
        BranchSource main = new BranchSource(new SingleSCMSource(
                "main", new SingleFileSCM("Jenkinsfile", Scripts.DEPLOY.getBytes(StandardCharsets.UTF_8))));
        index(app, main);
        jenkins.assertBuildStatus(Result.FAILURE, app.getItem("main").getBuildByNumber(1));
        app.getItem("main").delete();
        index(app, main);
        WorkflowRun first = app.getItem("main").getBuildByNumber(1);
        jenkins.assertBuildStatusSuccess(first);
        jenkins.assertLogContains(OF_DELETED, first);
        assertThat(posts()).isEqualTo(2);
    }

    private void index(WorkflowMultiBranchProject app, BranchSource branch) throws Exception {
        app.getSourcesList().clear();
        app.getSourcesList().add(branch);
        app.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
    }

    /** Each with names of its own, since what a build still writes brings back the folder of a job that was deleted. */
    @ParameterizedTest
    @ValueSource(strings = {"renamed", "moved", "in a folder that is renamed", "in a folder that is moved"})
    void aSecondStepDoesNotSendWhereverItsJobHasGone(String change) throws Exception {
        loseOne();
        Folder team = jenkins.createProject(Folder.class);
        Folder other = jenkins.createProject(Folder.class);
        WorkflowJob job = change.startsWith("in")
                ? team.createProject(WorkflowJob.class, change)
                : jenkins.createProject(WorkflowJob.class, change);
        script(job, "catchError(buildResult: 'SUCCESS') { " + Scripts.DEPLOY + " }\ninput 'Go on?'\n" + Scripts.DEPLOY);
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        String before = run.getFullDisplayName();
        jenkins.waitForMessage("Go on?", run);
        switch (change) {
            case "renamed" -> job.renameTo("called otherwise");
            case "moved" -> Items.move(job, team);
            case "in a folder that is renamed" -> team.renameTo("called otherwise");
            default -> Items.move(team, other);
        }
        run.getAction(InputAction.class).getExecutions().get(0).proceed(null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("an attempt of " + run.getFullDisplayName() + " ended unknown", run);
        assertThat(run.getFullDisplayName()).isNotEqualTo(before);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void aRecordReachesThePageOfItsBuildWhateverItsJobIsCalled() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropAfter());
        server.fault(request -> request.is("GET", BUILD_DEPLOYMENTS) && posts() > 0, 1, Fault.error(403, "Not now"));
        WorkflowJob job = create(null, Scripts.DEPLOY);
        WorkflowRun first = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(Scripts.onlyAttempt(first).getOutcome()).isEqualTo("UNKNOWN");
        job.renameTo("live");
        // Another job, whose builds have the numbers of those.
        jenkins.buildAndAssertSuccess(create(null, "echo 'nothing'"));

        WorkflowRun second = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("the outcome of an attempt of live #1 was unknown", second);
        assertThat(posts()).isEqualTo(1);
        TestWaits.until(
                "the record on the page of the first",
                () -> "ADOPTED".equals(Scripts.onlyAttempt(first).getOutcome()));
    }

    @Test
    void allBranchesHaveTheIdOfTheirBuild() throws Exception {
        server.acceptAnyBuild();
        WorkflowJob job = create(null, """
                def branches = [:]
                for (int i = 0; i < 20; i++) {
                    int build = 7000 + i
                    branches["b${i}"] = {
                        mkDeploy buildId: build, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'
                    }
                }
                parallel branches
                """);
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        assertThat(posts()).isEqualTo(20);
        TestWaits.until("all on the page", () -> Scripts.attempts(run).size() == 20);
        TargetKey target = DeploymentHistory.targets(job).get(0).key();
        assertThat(DeploymentHistory.attempts(job, target, 0, 100)).hasSize(20);
        assertThat(Files.readString(idOf(run))).matches("[0-9a-f-]{36}\n");
    }

    private static Path idOf(WorkflowRun run) {
        return run.getRootDir().toPath().resolve("metakraftwerk-build-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not to be read", "not to be written", "damaged"})
    void aBuildWithoutAnIdSendsNothing(String trouble) throws Exception {
        WorkflowJob job = create(null, "semaphore '" + trouble + "'\nretry(2) { " + Scripts.DEPLOY + " }");
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        SemaphoreStep.waitForStart(trouble + "/1", run);
        // Tests may run as root, who may read and write everything that is a file.
        switch (trouble) {
            case "not to be read" -> Files.createDirectory(idOf(run));
            case "not to be written" ->
                Files.createDirectories(idOf(run).resolveSibling("metakraftwerk-build-id.tmp/something"));
            default -> Files.writeString(idOf(run), "0");
        }
        SemaphoreStep.success(trouble + "/1", null);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        String said =
                switch (trouble) {
                    case "not to be read" -> "is in the file %s, which cannot be read: ";
                    case "not to be written" -> "could not be stored in the file %s: ";
                    default -> "What is in the file %s is not the id of this Jenkins build.";
                };
        jenkins.assertLogContains(said.formatted("jobs/app/builds/1/metakraftwerk-build-id"), run);
        jenkins.assertLogContains("Nothing was sent.", run);
        jenkins.assertLogNotContains(jenkins.jenkins.getRootDir().getPath(), run);
        assertThat(Scripts.attempts(run)).extracting("outcome").containsExactly("FAILED", "FAILED");
        assertThat(server.requests("GET", BUILD_DEPLOYMENTS)).isEmpty();
        assertThat(posts()).isZero();
    }
}
