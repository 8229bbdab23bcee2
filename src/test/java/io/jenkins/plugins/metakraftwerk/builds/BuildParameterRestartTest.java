package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What is left of a parameter, and of what was chosen, after a restart. */
class BuildParameterRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private static WorkflowJob job(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private static BuildParameterDefinition parameter(WorkflowJob job) {
        return (BuildParameterDefinition)
                job.getProperty(ParametersDefinitionProperty.class).getParameterDefinition("MK_BUILD");
    }

    @Test
    void aDeclarativePipelineHasNoneAtItsFirstRunAndWhatWasChosenAtTheNextAlsoAfterARestart() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "declarative", """
                    pipeline {
                        agent none
                        parameters { metaKraftwerkBuild(name: 'MK_BUILD', pattern: 'CORE_DV_HLS', project: '', defaultValue: '', description: '') }
                        stages {
                            stage('Deploy') {
                                when { expression { params.MK_BUILD } }
                                steps { %s }
                            }
                        }
                        post { always { echo "chosen: ${params.MK_BUILD}" } }
                    }
                    """.formatted(BuildParameterInScriptsTest.DEPLOY));
            WorkflowRun first = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("chosen: null", first);
            assertThat(parameter(job).getPattern()).isEqualTo("CORE_DV_HLS");
            assertThat(parameter(job).getProject()).isNull();
            jenkins.assertLogContains("chosen: 5139", BuildParameterInScriptsTest.choose(jenkins, job, "5139"));
            assertThat(sessions.server().deployments()).hasSize(1);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("declarative", WorkflowJob.class);
            assertThat(parameter(job).getPattern()).isEqualTo("CORE_DV_HLS");
            assertThat(job.getLastBuild().getAction(ParametersAction.class).getParameter("MK_BUILD"))
                    .isEqualTo(new BuildParameterValue("MK_BUILD", "5139"));
            WorkflowRun timer = jenkins.buildAndAssertSuccess(job);
            jenkins.assertLogContains("chosen: null", timer);
        });
    }

    @Test
    void anInputThatOutlivesARestartStillHasItsList() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "asks", """
                    input id: 'Promote', message: 'Which?', parameters: [metaKraftwerkBuild(name: 'MK_BUILD', pattern: 'CORE_DV_HLS')]
                    """);
            jenkins.waitForMessage("Input requested", job.scheduleBuild2(0).waitForStart());
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("asks", WorkflowJob.class);
            assertThat(WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems")
                            .with("name", "MK_BUILD")
                            .with("run", "1")
                            .with("input", "Promote")
                            .entries())
                    .containsOnlyKeys("5139");
            job.getBuildByNumber(1).doStop();
        });
    }
}
