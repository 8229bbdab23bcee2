package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;

/** What the build step makes of the id of its build. */
class DeployBuilderSameBuildTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject create(TestBuilder... before) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("app");
        job.getBuildersList().addAll(List.of(before));
        DeployBuilder step = new DeployBuilder("5139");
        step.setPattern(StandInDefaults.PATTERN);
        step.setDeployment(StandInDefaults.DEV);
        job.getBuildersList().add(step);
        return job;
    }

    private int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    @Test
    void aJobThatIsMadeAnewSends() throws Exception {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, Fault.dropBefore());
        server.fault(request -> request.is("GET", BUILD_DEPLOYMENTS) && posts() > 0, 1, Fault.error(403, "Not now"));
        FreeStyleProject old = create();
        jenkins.buildAndAssertStatus(Result.FAILURE, old);
        old.delete();
        FreeStyleProject job = create();
        FreeStyleBuild first = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("An attempt of a build of a job that was deleted ended unknown", first);
        assertThat(posts()).isEqualTo(2);
        job.delete();
    }

    /** Takes the place of the file before the build step begins. */
    public static class Taker extends TestBuilder {
        @Override
        public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                throws IOException {
            Files.createDirectory(build.getRootDir().toPath().resolve("metakraftwerk-build-id"));
            return true;
        }
    }

    @Test
    void aBuildWithoutAnIdSendsNothing() throws Exception {
        FreeStyleProject job = create(new Taker());
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(build))
                .contains("is in the file jobs/app/builds/1/metakraftwerk-build-id, which cannot be read")
                .contains("Nothing was sent.")
                .doesNotContain("\tat ");
        assertThat(posts()).isZero();
        job.delete();
    }
}
