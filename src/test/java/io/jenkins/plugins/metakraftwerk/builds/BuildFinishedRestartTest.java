package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Queue;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.server.PluginTime;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import io.jenkins.plugins.metakraftwerk.watch.BuildWatcher;
import io.jenkins.plugins.metakraftwerk.watch.FinishedBuild;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** What a trigger has promised is kept across restarts, whatever of the queue was saved. */
class BuildFinishedRestartTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final StandInServer server = sessions.server();
    private final PluginTime time = sessions.time();

    private static FreeStyleProject job() {
        return Jenkins.get().getItemByFullName("job", FreeStyleProject.class);
    }

    private static Path queue(JenkinsRule jenkins) {
        return jenkins.jenkins.getRootDir().toPath().resolve("queue.xml");
    }

    private void queueOne(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
        job.setQuietPeriod(3600);
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        TestPolls.look(time, job);
        assertThat(job.isInQueue()).isTrue();
        job.setQuietPeriod(0);
        job.save();
    }

    @Test
    void whatWasTakenOutOfTheQueueStaysOut() throws Throwable {
        sessions.then(jenkins -> {
            queueOne(jenkins);
            jenkins.jenkins.getQueue().clear();
            TestWaits.until("an entry", () -> TestPolls.log(job()).newest().size() >= 3);
        });
        sessions.then(jenkins -> {
            assertThat(job().getBuilds()).as("somebody took it out").isEmpty();
            TestPolls.look(time, job());
            assertThat(job().isInQueue()).isFalse();
            server.setBuild(6001, "FINISHED", 100, null);
            TestPolls.look(time, job());
            assertThat(TestPolls.ids(job(), 1)).containsExactly(6001L);
        });
    }

    /** The quiet period of the item goes on after the restart, so another one of the same build takes its place. */
    private static void startAtOnce(JenkinsRule jenkins) {
        Queue.Item item = jenkins.jenkins.getQueue().getItems()[0];
        jenkins.jenkins.getQueue().schedule2(job(), 0, List.copyOf(item.getAllActions()));
    }

    @Test
    void whatIsInTheSavedQueueStartsOnce() throws Throwable {
        sessions.then(this::queueOne);
        sessions.then(jenkins -> {
            TestPolls.look(time, job());
            assertThat(jenkins.jenkins.getQueue().getItems()).hasSize(1);
            startAtOnce(jenkins);
            assertThat(TestPolls.ids(job(), 1)).containsExactly(RUNNING_BUILD);
        });
    }

    @Test
    void anItemThatTheQueueBringsBackIsTakenOut() throws Throwable {
        Path[] kept = new Path[1];
        sessions.then(jenkins -> {
            queueOne(jenkins);
            jenkins.jenkins.getQueue().save();
            kept[0] = queue(jenkins).resolveSibling("queue.kept");
            Files.copy(queue(jenkins), kept[0]);
            startAtOnce(jenkins);
            TestPolls.builds(job(), 1);
        });
        sessions.then(jenkins -> {
            Files.copy(kept[0], queue(jenkins), StandardCopyOption.REPLACE_EXISTING);
            jenkins.jenkins.getQueue().load();
            startAtOnce(jenkins);
            TestWaits.until("an empty queue", () -> jenkins.jenkins.getQueue().getItems().length == 0);
            assertThat(job().getBuilds()).hasSize(1);
        });
    }

    @Test
    void whatFinishedWhileJenkinsWasDownStartsOnce() throws Throwable {
        sessions.then(jenkins ->
                TestPolls.watch(jenkins.createFreeStyleProject("job"), new BuildFinishedTrigger(TestPolls.SPEC)));
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        sessions.then(jenkins -> {
            TestPolls.look(time, job());
            TestPolls.look(time, job());
            assertThat(TestPolls.ids(job(), 1)).containsExactly(RUNNING_BUILD);
        });
    }

    /** In the queue is a start from before, which would take place after an hour. */
    private void hasLostItsTrigger(JenkinsRule jenkins) throws Exception {
        assertThat(TriggerSettings.forJob(job())).isNull();
        startAtOnce(jenkins);
        TestWaits.until("a wait for the trigger", () -> time.waiting().contains(MINUTE));
        assertThat(job().getBuilds()).isEmpty();
        time.end(MINUTE);
        TestWaits.until(
                "an entry", () -> TestPolls.log(job()).newest().toString().contains("The trigger was removed"));
        assertThat(job().isInQueue()).isFalse();
        long before = TestPolls.log(job()).newest().size();
        server.setBuild(6001, "FINISHED", 100, null);
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(TestPolls.SPEC);
        job().addTrigger((Trigger) trigger);
        trigger.start(job(), true);
        TestWaits.until("a first look", () -> TestPolls.log(job()).newest().size() > before);
        server.setBuild(6002, "FINISHED", 100, null);
        TestPolls.look(time, job());
        assertThat(TestPolls.ids(job(), 1)).containsExactly(6002L);
    }

    @Test
    void aTriggerThatWasRemovedRightBeforeARestartBeginsAnew() throws Throwable {
        sessions.then(jenkins -> {
            queueOne(jenkins);
            job().removeTrigger(((Trigger<?>) TriggerSettings.forJob(job())).getDescriptor());
        });
        sessions.then(this::hasLostItsTrigger);
    }

    @Test
    void aTriggerThatWasRemovedWhileJenkinsWasDownBeginsAnew() throws Throwable {
        Path[] configuration = new Path[1];
        sessions.then(jenkins -> {
            queueOne(jenkins);
            configuration[0] = job().getConfigFile().getFile().toPath();
        });
        String xml = Files.readString(configuration[0]);
        Files.writeString(configuration[0], xml.replaceAll("(?s)<triggers>.*</triggers>", "<triggers/>"));
        sessions.then(this::hasLostItsTrigger);
    }

    @Test
    void whatWasNotedAndNeverQueuedStarts() throws Throwable {
        sessions.then(jenkins -> {
            FreeStyleProject job = jenkins.createFreeStyleProject("job");
            TestPolls.watch(job, new BuildFinishedTrigger(TestPolls.SPEC));
            // As a crash leaves it between the two.
            Path memory = job.getRootDir().toPath().resolve("metakraftwerk-builds.json");
            String text = Files.readString(memory);
            String build = "{\"server\":\"%s\",\"id\":5140,\"made\":\"\",\"since\":1}".formatted(server.url());
            Files.writeString(memory, text.replace("\"to_start\":[]", "\"to_start\":[" + build + "]"));
        });
        sessions.then(jenkins -> {
            assertThat(TestPolls.ids(job(), 1)).containsExactly(RUNNING_BUILD);
            FinishedBuild started = new FinishedBuild(server.url(), RUNNING_BUILD, "", null, 0);
            assertThat(WatchedJobs.get().forJob(job()).watcher().item(started))
                    .isEqualTo(BuildWatcher.ItemVerdict.OVER);
        });
    }
}
