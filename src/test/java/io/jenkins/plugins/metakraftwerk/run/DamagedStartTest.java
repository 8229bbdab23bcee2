package io.jenkins.plugins.metakraftwerk.run;

import static io.jenkins.plugins.metakraftwerk.client.TestClients.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.OurFiles;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.PluginDisk;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;

/** Whatever lies in the place of all our files, or whatever the disk does: Jenkins starts, and what the plugin does goes on. */
class DamagedStartTest {

    private static final String SCRIPT = "properties([pipelineTriggers([metaKraftwerkBuildFinished('H 5 1 1 *')])])\n"
            + "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";
    private static final String CONFIGURATION = MetaKraftwerkGlobalConfiguration.class.getName() + ".xml";

    /** What lies in the home of Jenkins, and is read while it starts. */
    private static final String OF_HOME = "io.jenkins.plugins.metakraftwerk.";

    private static final long HUGE = 500L * 1024 * 1024;

    /** Of jobs and of Jenkins, that a Jenkins may have. */
    private static final List<String> OF_JOB =
            List.of("metakraftwerk-polling.jsonl", "metakraftwerk-builds.json", "metakraftwerk-history.jsonl");

    private enum Damage {
        NOTHING,
        LONG_LINE,
        BYTES,
        FOLDER,
        UNREADABLE;

        private void to(Path file) throws IOException {
            if (this == UNREADABLE) {
                return;
            }
            Files.deleteIfExists(file);
            switch (this) {
                case LONG_LINE -> {
                    // With a hole in place of most of it.
                    try (RandomAccessFile line = new RandomAccessFile(file.toFile(), "rw")) {
                        line.seek(HUGE);
                        line.write('\n');
                    }
                }
                case BYTES -> {
                    byte[] bytes = new byte[1024 * 1024];
                    new Random(21).nextBytes(bytes);
                    Files.write(file, bytes);
                }
                case FOLDER -> Files.createDirectories(file.resolve("deeper"));
                default -> Files.createFile(file);
            }
        }
    }

    private final PluginDisk disk = new PluginDisk();

    @RegisterExtension
    private final JenkinsSessions sessions = new JenkinsSessions();

    private final StandInServer server = sessions.server();

    @AfterEach
    void giveTheDiskBack() {
        disk.close();
    }

    private static WorkflowJob job(JenkinsRule jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
        return job;
    }

    /** All that are there, or may be, but the configuration. */
    private static Set<Path> files(WorkflowJob job) throws IOException {
        Set<Path> files = OurFiles.all();
        files.removeIf(file -> file.getFileName().toString().equals(CONFIGURATION));
        for (String name : OF_JOB) {
            files.add(job.getRootDir().toPath().resolve(name));
        }
        return files;
    }

    private static void look(JenkinsRule jenkins) throws Exception {
        for (String page : List.of(
                "",
                "manage/",
                "metakraftwerk/",
                "job/deploy/",
                "job/deploy/1/",
                "job/deploy/metakraftwerk/",
                "job/deploy/metakraftwerk-polling/",
                "job/deploy/1/metakraftwerk/")) {
            jenkins.createWebClient().goTo(page);
        }
    }

    /** An administrator goes on without what is lost. */
    private static void decide() {
        if (RunMemory.get().journal().trouble() != null) {
            get(RunMemory.get().journal().putAside());
        }
    }

    @ParameterizedTest
    @EnumSource
    void jenkinsStartsAndDeploys(Damage damage) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job = job(jenkins, "deploy");
            jenkins.buildAndAssertSuccess(job);
            Set<Path> files = files(job);
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .contains(
                            "metakraftwerk-audit.jsonl",
                            "metakraftwerk-build-id",
                            "metakraftwerk-deployments.jsonl",
                            "metakraftwerk-targets.jsonl",
                            "io.jenkins.plugins.metakraftwerk.ledger");
            for (Path file : files) {
                damage.to(file);
            }
            if (damage == Damage.UNREADABLE) {
                disk.failToRead("");
            }
        });
        LogRecorder logs = new LogRecorder()
                .record("io.jenkins.plugins.metakraftwerk", Level.WARNING)
                .capture(1_000);
        sessions.then(jenkins -> {
            assertThat(logs.getMessages()).as("said once").doesNotHaveDuplicates();
            look(jenkins);
            disk.work();
            decide();
            jenkins.buildAndAssertSuccess(job(jenkins, "another"));
            assertThat(server.deployments()).hasSize(2);
        });
        logs.close();
    }

    /** Not only what its file may be, but whatever goes wrong. */
    @Test
    void jenkinsStartsWhereWhatIsDoneThenBreaksDown() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.buildAndAssertSuccess(job(jenkins, "deploy"));
            disk.breakDown(OF_HOME);
        });
        sessions.then(jenkins -> {
            disk.work();
            look(jenkins);
            decide();
            jenkins.buildAndAssertSuccess(job(jenkins, "another"));
            assertThat(server.deployments()).hasSize(2);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"NOTHING", "LONG_LINE", "BYTES", "FOLDER"})
    void jenkinsStartsWithoutItsConfiguration(Damage damage) throws Throwable {
        sessions.then(jenkins -> damage.to(Jenkins.get().getRootDir().toPath().resolve(CONFIGURATION)));
        sessions.then(jenkins -> {
            assertThat(MetaKraftwerkGlobalConfiguration.get().getServers()).isEmpty();
            jenkins.createWebClient().goTo("manage/configure");
        });
    }
}
