package io.jenkins.plugins.metakraftwerk.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a build remembers, after a restart too. */
class BuildDeploymentsRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    @Test
    void aPipelineShowsItAndKeepsItAcrossRestartsAndARename() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = BuildDeploymentsActionTest.run(
                    jenkins,
                    "deploy",
                    BuildDeploymentsActionTest.STEP + "\n" + BuildDeploymentsActionTest.STEP
                            + ", skipIfDeployed: true");
            assertRemembered(jenkins, run);
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class);
            assertRemembered(jenkins, job.getLastBuild());
            job.renameTo("renamed");
        });
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.jenkins.getItemByFullName("renamed", WorkflowJob.class);
            assertRemembered(jenkins, job.getLastBuild());
        });
    }

    private void assertRemembered(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        JSONArray deployments = BuildDeploymentsActionTest.remembered(jenkins, run.getUrl());
        assertThat(deployments.size()).isEqualTo(2);
        JSONObject created = deployments.getJSONObject(0);
        assertThat(created.getLong("buildId")).isEqualTo(5139);
        assertThat(created.getString("pattern")).isEqualTo("CORE_DV_HLS");
        assertThat(created.getString("deployment")).isEqualTo("DEPLOY_TO_DEV");
        assertThat(created.getLong("agentGroupId")).isEqualTo(41);
        assertThat(created.getString("server")).isEqualTo("stand-in");
        assertThat(created.getString("serverUrl")).isEqualTo(sessions.server().url());
        assertThat(created.getString("step")).isEqualTo("mkDeploy");
        assertThat(created.getString("outcome")).isEqualTo("CREATED");
        assertThat(deployments.getJSONObject(1).getString("outcome")).isEqualTo("SKIPPED");
        assertThat(BuildDeploymentsActionTest.page(jenkins, run.getUrl()))
                .contains(
                        "MetaKraftwerk deployments",
                        "CORE_DV_HLS → DEPLOY_TO_DEV",
                        "on stand-in, credential mk-token of the server");
        assertThat(BuildDeploymentsActionTest.page(jenkins, run.getUrl() + "metakraftwerk/"))
                .contains("stand-in", "created", "skipped");
    }

    @Test
    void whatABuildDoesNotKeepIsCounted() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = BuildDeploymentsActionTest.run(jenkins, "deploy", BuildDeploymentsActionTest.STEP);
            for (int i = 0; i < KeptAttempts.MOST + 4; i++) {
                BuildDeploymentsAction.record(run, Attempts.ended("another " + i, "FAILED", null, "why " + i));
            }
        });
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("deploy", WorkflowJob.class)
                    .getLastBuild();
            JSONArray deployments = BuildDeploymentsActionTest.remembered(jenkins, run.getUrl());
            assertThat(deployments.size()).isEqualTo(KeptAttempts.MOST);
            assertThat(deployments.getJSONObject(0).getString("outcome")).isEqualTo("CREATED");
            assertThat(deployments.getJSONObject(1).getString("reason")).isEqualTo("why 5");
            assertThat(jenkins.getJSON(run.getUrl() + "metakraftwerk/api/json")
                            .getJSONObject()
                            .getInt("leftOut"))
                    .isEqualTo(5);
            assertThat(BuildDeploymentsActionTest.page(jenkins, run.getUrl())).contains("1000 of 1005 deployments");
            assertThat(BuildDeploymentsActionTest.page(jenkins, run.getUrl() + "metakraftwerk/"))
                    .contains("5 more attempts of this build are not shown: 1000 are kept.");
        });
    }
}
