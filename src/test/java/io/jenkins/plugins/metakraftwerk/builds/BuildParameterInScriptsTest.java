package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Job;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.File;
import java.util.Map;
import javaposse.jobdsl.dsl.JobManagement;
import javaposse.jobdsl.plugin.JenkinsDslScriptLoader;
import javaposse.jobdsl.plugin.JenkinsJobManagement;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The parameter as scripts define and read it; after a restart see {@link BuildParameterRestartTest}. */
class BuildParameterInScriptsTest {

    private static final String ALL = "name: 'MK_BUILD', pattern: 'CORE_DV_HLS', project: 'Sales', "
            + "server: 'stand-in', credentialsId: 'mk-token', defaultValue: '5139', alsoRunning: true, description: 'Which?'";

    static final String DEPLOY =
            "mkDeploy buildId: params.MK_BUILD, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static BuildParameterDefinition parameter(Job<?, ?> job) {
        return (BuildParameterDefinition)
                job.getProperty(ParametersDefinitionProperty.class).getParameterDefinition("MK_BUILD");
    }

    private static void assertWhole(Job<?, ?> job) {
        assertThat(DescribableModel.of(BuildParameterDefinition.class)
                        .uninstantiate2(parameter(job))
                        .getArguments())
                .isEqualTo(Map.of(
                        "name", "MK_BUILD",
                        "pattern", "CORE_DV_HLS",
                        "project", "Sales",
                        "server", "stand-in",
                        "credentialsId", "mk-token",
                        "defaultValue", "5139",
                        "alsoRunning", true,
                        "description", "Which?"));
    }

    static WorkflowRun choose(JenkinsRule jenkins, WorkflowJob job, String id) throws Exception {
        return jenkins.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(new BuildParameterValue("MK_BUILD", id))));
    }

    @Test
    void aScriptedPipelineDefinesItByProperties() throws Exception {
        WorkflowJob job =
                job("properties([parameters([metaKraftwerkBuild(" + ALL + ")])])\necho \"is ${params.MK_BUILD}\"");
        jenkins.buildAndAssertSuccess(job);
        assertWhole(job);
        jenkins.assertLogContains("is 5139", jenkins.buildAndAssertSuccess(job));
        jenkins.assertLogContains("is 4711", choose(jenkins, job, "4711"));
    }

    /** A variable that nobody has set must not lead to another server than was meant. */
    @ParameterizedTest
    @ValueSource(strings = {"server: ''", "server: null", "server: params.NONE", "credentialsId: ' '"})
    void whatIsGivenAndEmptyIsNotTheDefault(String given) throws Exception {
        WorkflowJob job = job("properties([parameters([metaKraftwerkBuild(name: 'MK_BUILD', " + given + ")])])");
        jenkins.buildAndAssertSuccess(job);
        job.doReload();
        assertThat(WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems")
                        .with("name", "MK_BUILD")
                        .failure())
                .contains(given.replaceAll(":.*", "") + " is given, but empty.");
        assertThat(server.requests()).isEmpty();
        jenkins.configRoundtrip(job);
        assertThat(parameter(job).getServer()).as("left empty in the form").isNull();
        assertThat(parameter(job).getCredentialsId()).isNull();
    }

    @Test
    void whatGetsPastTheParameterIsRefusedByTheStepBeforeAnythingIsSent() throws Exception {
        WorkflowJob job = job(DEPLOY);
        job.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition("MK_BUILD")));
        WorkflowRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("MK_BUILD", "abc")))
                .get();
        jenkins.assertBuildStatus(Result.FAILURE, run);
        jenkins.assertLogContains("buildId must be a positive whole number, not 'abc'", run);
        WorkflowRun none = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("Nothing was", none);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aReplayHasWhatWasChosen() throws Exception {
        WorkflowJob job = job("echo \"is ${params.MK_BUILD}\"");
        job.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition("MK_BUILD")));
        WorkflowRun first = choose(jenkins, job, "5139");
        WorkflowRun replay = (WorkflowRun) first.getAction(ReplayAction.class)
                .run2("echo \"again ${params.MK_BUILD}\"", Map.of())
                .getFuture()
                .get();
        jenkins.assertLogContains("again 5139", replay);
    }

    @Test
    void jobDslDefinesIt() throws Exception {
        JobManagement jobs = new JenkinsJobManagement(System.out, Map.of(), new File("."));
        new JenkinsDslScriptLoader(jobs).runScript("""
                job('dsl') {
                    parameters {
                        metaKraftwerkBuild {
                            name('MK_BUILD')
                            pattern('CORE_DV_HLS')
                            project('Sales')
                            server('stand-in')
                            credentialsId('mk-token')
                            defaultValue('5139')
                            alsoRunning(true)
                            description('Which?')
                        }
                    }
                }
                """);
        assertWhole(jenkins.jenkins.getItemByFullName("dsl", Job.class));
    }
}
