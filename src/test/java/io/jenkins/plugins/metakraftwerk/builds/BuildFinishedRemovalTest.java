package io.jenkins.plugins.metakraftwerk.builds;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.RUNNING_BUILD;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.fixture.Waits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A trigger that was removed from its job begins anew when it comes back. */
class BuildFinishedRemovalTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String REMOVED = "The trigger was removed, and with it what waited for its start.";
    private static final String NOTED = "Noted the ";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    /** One whose builds wait in the queue for an hour; the first of them does already. */
    private FreeStyleProject waiting() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setQuietPeriod(3600);
        Watches.watch(job, new BuildFinishedTrigger(Watches.SPEC));
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        Watches.look(SHARED.time(), job);
        assertThat(job.isInQueue()).isTrue();
        return job;
    }

    private static void removeTrigger(FreeStyleProject job) throws Exception {
        job.removeTrigger(Jenkins.get().getDescriptorByType(BuildFinishedTrigger.DescriptorImpl.class));
    }

    private static long count(Job<?, ?> job, String line) {
        return Watches.log(job).newest().stream()
                .filter(entry -> entry.lines().stream().anyMatch(said -> said.startsWith(line)))
                .count();
    }

    private void minuteIsOver(Job<?, ?> job) {
        SHARED.time().end(MINUTE);
        Waits.until("a removal that is seen", () -> count(job, REMOVED) > 0);
    }

    /** What finishes after that, and only that, starts the job. */
    private void beginsAnew(FreeStyleProject job) throws Exception {
        long noted = count(job, NOTED);
        server.setBuild(6001, "FINISHED", 100, null);
        job.setQuietPeriod(0);
        BuildFinishedTrigger trigger = new BuildFinishedTrigger(Watches.SPEC);
        job.addTrigger((Trigger) trigger);
        trigger.start(job, true);
        Waits.until("a first look", () -> count(job, NOTED) > noted);
        server.setBuild(6002, "FINISHED", 100, null);
        Watches.look(SHARED.time(), job);
        assertThat(Watches.ids(job, 1)).containsExactly(6002L);
    }

    @Test
    void nothingStartsThatFinishedMeanwhileOrWaited() throws Exception {
        FreeStyleProject job = waiting();
        removeTrigger(job);
        assertThat(job.isInQueue()).as("it may be made anew").isTrue();
        minuteIsOver(job);
        assertThat(job.isInQueue()).isFalse();
        beginsAnew(job);
    }

    /** What waits for an hour is due at once. */
    private void awaitBlocked(FreeStyleProject job) {
        Queue queue = jenkins.jenkins.getQueue();
        queue.schedule2(job, 0, List.copyOf(job.getQueueItem().getAllActions()));
        Waits.until("an item that is blocked", () -> {
            Queue.Item waits = job.getQueueItem();
            return waits != null && waits.isBlocked();
        });
    }

    @Test
    void whatTheQueueLooksAtMeanwhileIsTakenOutToo() throws Exception {
        FreeStyleProject job = waiting();
        removeTrigger(job);
        awaitBlocked(job);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> looks = CompletableFuture.runAsync(
                () -> {
                    while (!over.get()) {
                        jenkins.jenkins.getQueue().maintain();
                    }
                },
                Computer.threadPoolForRemoting);
        try {
            minuteIsOver(job);
        } finally {
            over.set(true);
            get(looks);
        }
        assertThat(job.isInQueue()).isFalse();
        beginsAnew(job);
        assertThat(count(job, "After a crash, the queue has brought back")).isZero();
    }

    @Test
    void whatWaitsDoesNotStartWhileTheTriggerIsMissing() throws Exception {
        FreeStyleProject job = waiting();
        removeTrigger(job);
        awaitBlocked(job);
        assertThat(job.getQueueItem().getWhy())
                .isEqualTo("The job has no trigger for MetaKraftwerk builds at the moment. "
                        + "If it has none for a minute, this is taken out of the queue");
        minuteIsOver(job);
        assertThat(job.getBuilds()).isEmpty();
        assertThat(job.isInQueue()).isFalse();
    }

    @Test
    void aConfigurationWithoutItThatIsSentRemovesIt() throws Exception {
        FreeStyleProject job = waiting();
        String xml = job.getConfigFile().asString();
        job.updateByXml((Source)
                new StreamSource(new StringReader(xml.replaceAll("(?s)<triggers>.*</triggers>", "<triggers/>"))));
        assertThat(BuildWatch.of(job)).isNull();
        minuteIsOver(job);
        beginsAnew(job);
    }

    @Test
    void aScriptWithoutItRemovesIt() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "properties([pipelineTriggers([metaKraftwerkBuildFinished(spec: '" + Watches.SPEC + "')])])", true));
        jenkins.buildAndAssertSuccess(job);
        Watches.awaitEntries(job, 1);
        job.setDefinition(new CpsFlowDefinition("properties([])", true));
        jenkins.buildAndAssertSuccess(job);
        assertThat(BuildWatch.of(job)).isNull();
        minuteIsOver(job);
    }

    @Test
    void itIsSaidWhereThatCannotBeNoted() throws Exception {
        FreeStyleProject job = waiting();
        Path memory = job.getRootDir().toPath().resolve("metakraftwerk-builds.json");
        Path kept = Files.move(memory, memory.resolveSibling("kept"));
        // Nothing can be moved to where a folder is that is not empty.
        Files.createFile(Files.createDirectory(memory).resolve("x"));
        removeTrigger(job);
        SHARED.time().end(MINUTE);
        Waits.until("an entry", () -> count(job, "The trigger was removed, but that could not be noted (") > 0);
        assertThat(job.isInQueue()).isFalse();
        Files.delete(memory.resolve("x"));
        Files.delete(memory);
        Files.move(kept, memory);
        beginsAnew(job);
    }

    @Test
    void whereNobodyHadTimeToSeeItTheClockTells() throws Exception {
        FreeStyleProject job = waiting();
        removeTrigger(job);
        SHARED.time().skip(MINUTE);
        beginsAnew(job);
    }

    @Test
    void aJobThatIsRenamedMeanwhileHasLostIt() throws Exception {
        FreeStyleProject job = waiting();
        removeTrigger(job);
        job.renameTo(job.getName() + "-renamed");
        minuteIsOver(job);
        beginsAnew(job);
    }

    @Test
    void aJobThatIsDeletedMeanwhileLeavesNothing() throws Exception {
        FreeStyleProject other = jenkins.createFreeStyleProject();
        Watches.watch(other, new BuildFinishedTrigger(Watches.SPEC));
        // Last, since the names of the next jobs come from how many there are.
        FreeStyleProject job = waiting();
        removeTrigger(job);
        removeTrigger(other);
        job.delete();
        minuteIsOver(other);
        assertThat(job.getRootDir()).doesNotExist();
    }

    /** Jenkins holds a copy until somebody has saved it. */
    @Test
    void aCopyBeginsWithAFirstLookOfItsOwn() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("echo \"for ${env.MK_BUILD_ID}\"", true));
        Watches.watch(job, new BuildFinishedTrigger(Watches.SPEC));
        server.setBuild(RUNNING_BUILD, "FINISHED", 100, null);
        WorkflowJob copy = jenkins.jenkins.copy(job, job.getName() + "-copy");
        copy.save();
        Watches.look(SHARED.time(), copy);
        assertThat(count(copy, NOTED)).isEqualTo(1);
        server.setBuild(6001, "FINISHED", 100, null);
        Watches.look(SHARED.time(), copy);
        Watches.look(SHARED.time(), job);
        assertThat(Watches.ids(copy, 1)).containsExactly(6001L);
        assertThat(Watches.ids(job, 2)).containsExactly(RUNNING_BUILD, 6001L);
    }
}
