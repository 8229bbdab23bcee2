package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.triggers.Trigger;
import io.jenkins.plugins.metakraftwerk.builds.BuildFinishedTrigger;
import io.jenkins.plugins.metakraftwerk.client.TestClients;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.form.StepForm;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/** A server that somebody has got hold of, and those who ask it. */
class ServerAttack {

    private static final int NAMES = 90_000;
    private static final int BUILDS = 3_000;

    /** What a look starts at most. */
    private static final int A_LOOK = 100;

    @RegisterExtension
    final Siege siege = new Siege();

    private final StandInServer server = siege.server();

    private static Attacker spender(JenkinsRule jenkins, Setup.Rights rights, Job<?, ?> job) throws IOException {
        rights.let("spender", Jenkins.READ);
        rights.grant(Item.READ, CredentialsProvider.USE_ITEM, Item.BUILD).onItems(job).to("spender");
        return new Attacker(jenkins, "spender");
    }

    private static String list(Job<?, ?> job, String what) {
        return job.getUrl() + "descriptorByName/" + StepForm.InScript.class.getName() + "/fill" + what + "Items";
    }

    private static void deployMisspelt(JenkinsRule jenkins, Attacker attacker, WorkflowJob job) throws Exception {
        Siege.script(
                jenkins,
                attacker,
                job,
                "for (int i = 1; i <= 5; i++) { try { mkDeploy buildId: 5139, pattern: 'CORE_DV_HLZ', deployment: 'DEPLOY_TO_DEW'"
                        + " } catch (e) { e = null } }\n"
                        + "mkCheckDeployment buildId: 5139, pattern: 'CORE_DV_HLZ', deployment: 'DEPLOY_TO_DEW'");
    }

    @Test
    void ninetyThousandNames() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, Siege.LENT);
            Attacker spender = spender(jenkins, rights, job);
            for (int i = 0; i < NAMES; i++) {
                server.addPattern(1_000 + i, "N".repeat(94) + "%06d".formatted(i), "T", "1", true, false, false);
            }
            var deployments = TestClients.aside(() -> {
                try {
                    deployMisspelt(jenkins, spender, job);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int i = 0; i < 20; i++) {
                spender.post(list(job, "Pattern"), Map.of("server", Setup.SERVER, "credentialsId", "", "pattern", "N" + i));
            }
            deployments.join();
            for (int i = 0; i < NAMES; i++) {
                server.removePattern(1_000 + i);
            }
            assertThat(spender.wasTold(List.of(Siege.VICTIM))).isNull();
        });
    }

    private static String polled(Job<?, ?> job) {
        try {
            Path log = job.getRootDir().toPath().resolve("metakraftwerk-polling.jsonl");
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void look(Job<?, ?> job, BuildFinishedTrigger trigger) {
        long before = polled(job).lines().count();
        trigger.run();
        TestWaits.until("a look", () -> polled(job).lines().count() > before);
    }

    @Test
    void threeThousandBuildsFinishAtOnce() throws Throwable {
        siege.run((jenkins, rights) -> {
            FreeStyleProject job = jenkins.createFreeStyleProject(Siege.LENT);
            job.setQuietPeriod(3_600);
            BuildFinishedTrigger trigger = new BuildFinishedTrigger("H H 1 1 *");
            job.addTrigger((Trigger) trigger);
            trigger.start(job, true);
            TestWaits.until("the first look", () -> !polled(job).isEmpty());
            for (int i = 0; i < BUILDS; i++) {
                server.addBuild(10_000 + i, "FINISHED", 100, null);
                server.changeBuild(10_000 + i, "name", "n".repeat(10_000));
            }
            for (int looks = 1; looks <= 3; looks++) {
                look(job, trigger);
                assertThat(jenkins.jenkins.getQueue().getItems(job)).hasSizeLessThanOrEqualTo(looks * A_LOOK);
            }
            assertThat(polled(job)).contains(String.valueOf(10_000 + BUILDS - 1));
            assertThat(job.getRootDir().toPath().resolve("metakraftwerk-builds.json").toFile())
                    .satisfies(file -> assertThat(file.length()).isLessThan(5 * 1024 * 1024));
            jenkins.jenkins.getQueue().clear();
            for (int i = 0; i < BUILDS; i++) {
                server.removeBuild(10_000 + i);
            }
        });
    }

    @Test
    void listsThatNeverEndAndHugeAnswers() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, Siege.LENT);
            Attacker spender = spender(jenkins, rights, job);
            for (Fault fault : List.of(
                    Fault.endless(),
                    Fault.huge(),
                    Fault.error(400, Siege.HUGE),
                    Fault.error(404, Siege.HUGE),
                    Fault.status(200, "application/json", "[".repeat(1_000_000)),
                    Fault.status(200, "application/json", "[{\"id\":1,\"name\":\"" + Siege.HUGE + "\"}]"))) {
                server.fault(request -> true, Integer.MAX_VALUE, fault);
                for (String what : List.of("Pattern", "Project", "Deployment", "AgentGroup", "Agent")) {
                    spender.post(list(job, what), Map.of("server", Setup.SERVER, "pattern", "P" + fault.hashCode()));
                }
                Siege.script(
                        jenkins,
                        spender,
                        job,
                        "for (step in [{ mkFindBuilds() }, { mkFindDeployments() }, { mkGetBuild id: 1 },"
                                + " { mkDeploy buildId: 5139, pattern: 'P', deployment: 'D' }]) {"
                                + " try { step() } catch (e) { e = null } }");
                server.clearFaults();
            }
            assertThat(spender.wasTold(List.of(Siege.VICTIM))).isNull();
        });
    }
}
