package io.jenkins.plugins.metakraftwerk.history;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptRecord;
import io.jenkins.plugins.metakraftwerk.deploy.Attempts;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is shown comes into the history once, whatever the clock says. */
class JobHistoriesTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static AttemptRecord attempt(FreeStyleBuild build, String owner, long record) {
        return Attempts.at(build.getParent().getFullName(), build.getNumber(), owner, "CREATED", record, null);
    }

    /** A run that is resumed after a restart, in a build that has begun after it as far as the clock tells. */
    @Test
    void aClockThatWasSetBackDoublesNothing() throws Exception {
        JobHistories lifeBefore = new JobHistories();
        JobHistories thisLife = new JobHistories();
        FreeStyleProject job = SHARED.jenkins().createFreeStyleProject();
        FreeStyleBuild build = SHARED.jenkins().buildAndAssertSuccess(job);
        String early = "0b6b9a2e-4c3f-4f5e-9d8e-2f6d3f0d7b11@" + build.getExternalizableId();
        lifeBefore.show(build.getParent(), attempt(build, early, 1));
        lifeBefore.show(build.getParent(), attempt(build, "another", 2));
        thisLife.show(build.getParent(), attempt(build, early, 1));
        JobHistory history = thisLife.forJob(job);
        assertThat(history.lines(job).stream().flatMap(line -> history.attempts(job, line).stream()))
                .extracting(AttemptRecord::buildDeploymentId)
                .containsExactly(2L, 1L);
    }
}
