package io.jenkins.plugins.metakraftwerk.pipeline;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import io.jenkins.plugins.metakraftwerk.fixture.BlockedThreads;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.fixture.VirtualThreadDump;
import io.jenkins.plugins.metakraftwerk.fixture.VirtualThreadWatch;
import io.jenkins.plugins.metakraftwerk.standin.Hold;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.TestExtension;

/** The virtual threads of runs, in a Jenkins. */
class VirtualThreadsInJenkinsTest {

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    private static final int BRANCHES = 20;

    private static final String BOTH = "parallel waits: {\n" + Scripts.DEPLOY.replace("5139", "5140")
            + ", waitForBuild: true\n}, sends: {\n" + Scripts.DEPLOY + "\n}";

    /** Sees who prints into the logs of Pipelines. */
    @TestExtension
    public static final class Printed extends TaskListenerDecorator implements TaskListenerDecorator.Factory {

        private static final long serialVersionUID = 1;

        @Override
        public TaskListenerDecorator of(FlowExecutionOwner owner) {
            return this;
        }

        @Override
        public OutputStream decorate(OutputStream log) {
            return new FilterOutputStream(log) {
                @Override
                public void write(int character) throws IOException {
                    VirtualThreadWatch.enter();
                    out.write(character);
                }

                @Override
                public void write(byte[] text, int begin, int length) throws IOException {
                    VirtualThreadWatch.enter();
                    out.write(text, begin, length);
                }
            };
        }
    }

    /** Sees who saves. */
    @TestExtension
    public static final class Saved extends SaveableListener {
        @Override
        public void onChange(Saveable saved, XmlFile file) {
            VirtualThreadWatch.enter();
        }
    }

    /** What they do is seen by the {@link VirtualThreadWatch}. */
    @Test
    void doNothingOfJenkins() throws Throwable {
        server.acceptAnyBuild();
        sessions.then(jenkins -> {
            String branches = IntStream.range(0, BRANCHES)
                    .mapToObj(i -> "b" + i + ": {\n" + Scripts.DEPLOY.replace("5139", "" + (6000 + i))
                            + ", skipIfDeployed: " + (i % 2 == 0) + "\n}")
                    .collect(Collectors.joining(", ", "parallel ", ""));
            Scripts.succeed(jenkins, branches);
            assertThat(server.deployments()).hasSize(BRANCHES);
        });
    }

    /** One that waits, for hours, and one whose request is on its way: the next Jenkins finds what it would after a crash. */
    @Test
    void endWhenJenkinsStopsAndNobodyHearsSo() throws Throwable {
        server.acceptAnyBuild();
        Hold sent = server.hold("POST", BUILD_DEPLOYMENTS);
        sessions.time().holdFrom(Duration.ofMillis(1));
        // Other tests of this process leave runs that wait for ever.
        Set<String> before = runThreads();
        Path[] log = new Path[1];
        List<String> said = new ArrayList<>();
        Path[] ledger = new Path[1];
        List<String> stored = new ArrayList<>();
        sessions.then(jenkins -> {
            WorkflowRun run = Scripts.start(server, jenkins, BOTH, FlowDurabilityHint.MAX_SURVIVABILITY);
            jenkins.waitForMessage("Waiting for build 5140: BUILDING 40 %", run);
            server.awaitRequest("POST", BUILD_DEPLOYMENTS, 1, TestWaits.LIMIT);
            assertThat(runs(before)).isEqualTo(2);
            log[0] = run.getLogFile().toPath();
            said.addAll(said(log[0]));
            ledger[0] = jenkins.jenkins.getRootDir().toPath().resolve("io.jenkins.plugins.metakraftwerk.ledger");
            stored.addAll(Files.readAllLines(ledger[0]));
        });

        TestWaits.until("the end of the runs", () -> runs(before) == 0);
        // Who hears of an end is told on these threads, and so is whoever hears of it from them.
        for (int i = 0; i < 4; i++) {
            BlockedThreads.ofThePlugin().close();
        }
        assertThat(said(log[0])).isEqualTo(said);
        assertThat(Files.readAllLines(ledger[0])).isEqualTo(stored);

        server.setBuild(5140, "FINISHED", 100, null);
        sessions.time().goOn();
        sessions.then(jenkins -> {
            jenkins.waitForMessage("Looking for its record instead of sending again", Scripts.onlyRun());
            sent.release();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(Scripts.onlyRun()));
            assertThat(server.deployments()).hasSize(2);
        });
    }

    private static List<String> said(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.contains("[MetaKraftwerk]"))
                .toList();
    }

    /** Returns the number of runs that there are since. */
    private static long runs(Set<String> before) {
        return runThreads().stream().filter(thread -> !before.contains(thread)).count();
    }

    private static Set<String> runThreads() {
        return VirtualThreadDump.take().lines().stream()
                .filter(line -> line.isIn("DeploymentRun"))
                .map(VirtualThreadDump.Line::thread)
                .collect(Collectors.toSet());
    }
}
