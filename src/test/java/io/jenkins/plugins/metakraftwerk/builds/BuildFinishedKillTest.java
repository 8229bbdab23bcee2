package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller whose process is killed before its queue was saved. */
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
        jenkins.run(r -> {
            Setup.standIn(url, token);
            FreeStyleProject job = r.createProject(FreeStyleProject.class, "job");
            job.setQuietPeriod(5);
            Watches.watch(job, new BuildFinishedTrigger(Watches.SPEC));
        });
        for (long id : new long[] {RUNNING_BUILD, 6001, 6002}) {
            server.setBuild(id, "FINISHED", 100, null);
        }
        jenkins.run(r -> {
            FreeStyleProject job = r.jenkins.getItemByFullName("job", FreeStyleProject.class);
            Watches.look(PluginTime.withoutLimits(), job);
            assertThat(r.jenkins.getQueue().getItems(job)).hasSize(3);
        });

        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
        jenkins.startJenkins();

        ArrayList<Long> started = jenkins.call(r -> {
            FreeStyleProject job = r.jenkins.getItemByFullName("job", FreeStyleProject.class);
            Watches.look(PluginTime.withoutLimits(), job);
            return new ArrayList<>(Watches.ids(job, 3));
        });
        assertThat(started).containsExactly(RUNNING_BUILD, 6001L, 6002L);
    }
}
