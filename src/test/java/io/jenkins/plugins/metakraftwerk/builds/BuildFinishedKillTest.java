package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterables;
import hudson.model.FreeStyleProject;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed when it has queued builds, mostly before its queue was saved. */
class BuildFinishedKillTest {

    @RegisterExtension
    private final RealJenkinsExtension jenkins = new RealJenkinsExtension();

    @AutoClose
    private final StandInServer server = StandInServer.start();

    @Test
    void startsOneBuildForEachAllTheSame() throws Throwable {
        String url = server.url();
        String token = server.token();
        jenkins.startJenkins();
        jenkins.run(r -> watch(r, url, token));
        for (long id : new long[] {RUNNING_BUILD, 6001, 6002}) {
            server.setBuild(id, "FINISHED", 100, null);
        }
        jenkins.run(r -> {
            FreeStyleProject job = job(r);
            TestWaits.until(
                    "three that are queued or have begun",
                    () -> r.jenkins.getQueue().getItems(job).size() + Iterables.size(job.getBuilds()) >= 3);
        });

        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
        jenkins.startJenkins();

        ArrayList<Long> started = jenkins.call(r -> {
            FreeStyleProject job = job(r);
            TestWaits.until(
                    "three builds",
                    () -> Iterables.size(job.getBuilds()) >= 3 && !job.isInQueue() && !job.isBuilding());
            return new ArrayList<>(job.getBuilds().stream()
                    .map(run -> run.getCause(BuildFinishedCause.class).getBuildId())
                    .sorted()
                    .toList());
        });
        assertThat(started).isEqualTo(List.of(RUNNING_BUILD, 6001L, 6002L));
    }

    private static FreeStyleProject job(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("job", FreeStyleProject.class);
    }

    /** Each minute; it returns when what is there has been noted. */
    private static void watch(JenkinsRule jenkins, String url, String token) throws Exception {
        Setup.standIn(url, token);
        FreeStyleProject job = jenkins.createProject(FreeStyleProject.class, "job");
        job.setQuietPeriod(5);
        BuildFinishedTrigger trigger = new BuildFinishedTrigger("* * * * *");
        job.addTrigger((Trigger) trigger);
        trigger.start(job, true);
        TestWaits.until(
                "the first look", () -> Files.exists(job.getRootDir().toPath().resolve("metakraftwerk-builds.json")));
    }
}
