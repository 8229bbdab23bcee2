package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult.Origin;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.run.Attempt;
import io.jenkins.plugins.metakraftwerk.run.Owner;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.Target;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What is told comes into the history, all of it, and once. */
class HistoryListenerTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private FreeStyleProject job;

    @BeforeEach
    void roomForAll() throws Exception {
        job = jenkins.createFreeStyleProject();
        MetaKraftwerkGlobalConfiguration.get().setHistoryPerTarget(5_000);
    }

    @AfterEach
    void setBack() {
        MetaKraftwerkGlobalConfiguration.get().setHistoryPerTarget(200);
    }

    private List<AttemptRecord> entries() {
        return DeploymentHistory.of(job).stream()
                .flatMap(line -> DeploymentHistory.of(job, line.key(), 0, 5_000).stream())
                .toList();
    }

    private static AttemptRecord event(FreeStyleBuild build, String owner, long record) {
        return Attempts.at(build.getParent().getFullName(), build.getNumber(), owner, "CREATED", record, null);
    }

    /** A run that is resumed after a restart, in a build that has begun after it as far as the clock tells. */
    @Test
    void aClockThatWasSetBackDoublesNothing() throws Exception {
        HistoryListener lifeBefore = new HistoryListener();
        HistoryListener thisLife = new HistoryListener();
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        String early = "0b6b9a2e-4c3f-4f5e-9d8e-2f6d3f0d7b11@" + build.getExternalizableId();
        lifeBefore.created(build, event(build, early, 1));
        lifeBefore.created(build, event(build, "another", 2));
        thisLife.created(build, event(build, early, 1));
        assertThat(entries()).extracting(AttemptRecord::buildDeploymentId).containsExactly(2L, 1L);
    }

    @Test
    void aSlowDiskCostsNoEntry() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);
        var fields = new DeploymentFields("5139").pattern("CORE_DV_HLS", null).deployment("DEPLOY_TO_DEV", null);
        // Who holds this keeps the listener from writing.
        synchronized (Histories.get().of(job)) {
            for (long i = 1; i <= 1_500; i++) {
                new Attempt(build, Owner.in(build), Target.of(job, null, null), fields, "mkDeploy")
                        .ended(new DeploymentResult(
                                Origin.CREATED, new BuildDeployment(i, 5139L, 11L, 21L, null, null, null), null));
            }
        }
        Waits.until("all entries", () -> entries().size() >= 1_500);
        DeploymentHistory.caughtUp().get();
        assertThat(entries())
                .hasSize(1_500)
                .extracting(AttemptRecord::buildDeploymentId)
                .doesNotHaveDuplicates();
    }
}
