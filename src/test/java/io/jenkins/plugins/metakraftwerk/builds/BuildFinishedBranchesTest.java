package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.nio.charset.StandardCharsets;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** The branches of a project, whose Jenkinsfile makes a trigger for each of them. */
class BuildFinishedBranchesTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();

    @Test
    void onlyTheBranchWithAScheduleStarts() throws Exception {
        String script = """
                pipeline {
                    agent none
                    triggers {
                        metaKraftwerkBuildFinished(spec: env.BRANCH_NAME == 'main' ? '%s' : '', pattern: 'CORE_DV_HLS')
                    }
                    stages { stage('Tell') { steps { echo "for ${env.MK_BUILD_ID}" } } }
                }
                """.formatted(TestPolls.SPEC);
        WorkflowMultiBranchProject app = jenkins.createProject(WorkflowMultiBranchProject.class, "app");
        for (String branch : new String[] {"main", "feature"}) {
            app.getSourcesList()
                    .add(new BranchSource(new SingleSCMSource(
                            branch, new SingleFileSCM("Jenkinsfile", script.getBytes(StandardCharsets.UTF_8)))));
        }
        app.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob main = app.getItem("main");
        WorkflowJob feature = app.getItem("feature");
        TestPolls.awaitEntries(main, 1);
        SHARED.server().setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        ((BuildFinishedTrigger) TriggerSettings.forJob(feature)).run();
        TestPolls.look(SHARED.time(), main);
        jenkins.assertLogContains(
                "for " + RUNNING_BUILD, (WorkflowRun) TestPolls.builds(main, 2).get(0));
        assertThat(feature.getBuilds()).hasSize(1);
        assertThat(TestPolls.log(feature).newest()).isEmpty();
    }
}
