package io.jenkins.plugins.metakraftwerk.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.fixture.TestWaits;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller whose process is killed again and again while it deploys, or while it starts, at moments that nobody has
 * chosen. What it says in the end is what the server has.
 */
class Kills {

    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final long SEED = Long.getLong("kills.seed", System.nanoTime() % 1_000_000);

    /** Of so many kills, one comes while Jenkins starts. */
    private static final int WHILE_IT_STARTS = 4;

    private static final Duration LONGEST = Duration.ofSeconds(12);

    /** Longer than others wait for a run that does not come back, and than its record is looked for then. */
    private static final Duration LIMIT = Duration.ofMinutes(8);

    @RegisterExtension
    private final RealJenkinsExtension jenkins =
            new RealJenkinsExtension().withTimeout(0).javaOptions("-Xmx1g");

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final Random random = new Random(SEED);
    private final KillCounts met = new KillCounts();
    private Duration start;

    @Test
    void whatIsSaidIsWhatIsThere() throws Throwable {
        System.out.println("Seed " + SEED + ", " + KILLS + " kills");
        server.acceptAnyBuild();
        SlowServer.make(server, new Random(random.nextLong()));
        start();
        Workload.configure(jenkins, server);
        for (int kill = 1; kill <= KILLS; kill++) {
            met.add(kill, kill(kill), LedgerSnapshot.at(home()));
        }
        server.clearFaults();
        start();
        awaitEnds();
        Verdict now = verdict("after the last kill");
        jenkins.stopJenkins();
        start();
        Verdict later = verdict("after one more restart");
        jenkins.stopJenkins();

        met.print(now);
        System.out.println("Seed " + SEED);
        assertThat(now.problems()).as("seed " + SEED).isEmpty();
        assertThat(later.problems()).as("seed " + SEED).isEmpty();
    }

    /** Answers when that was, in words. */
    private String kill(int number) throws Throwable {
        if (number > 1) {
            if (random.nextInt(WHILE_IT_STARTS) == 0) {
                return killWhileItStarts();
            }
            start();
        }
        Workload.begin(jenkins, server, number);
        Duration after = randomly(LONGEST);
        pass(after);
        Process process = jenkins.getProcess();
        jenkins.stopJenkinsForcibly();
        process.waitFor();
        return seconds(after) + " s after builds began";
    }

    private void start() throws Exception {
        long began = System.nanoTime();
        jenkins.startJenkins();
        start = Duration.ofNanos(System.nanoTime() - began);
    }

    private String killWhileItStarts() throws InterruptedException {
        Duration after = randomly(start);
        Thread killer = Thread.ofPlatform().name("killer").start(() -> {
            TestWaits.until("a process", () -> jenkins.getProcess() != null);
            Process process = jenkins.getProcess();
            pass(after);
            process.destroyForcibly();
        });
        try {
            jenkins.startJenkins();
        } catch (Exception killed) {
            System.out.println("As it must: " + killed.getMessage());
        }
        killer.join();
        jenkins.stopJenkinsForcibly();
        return seconds(after) + " s after a start began";
    }

    private Duration randomly(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis()));
    }

    /** Here real time is what is chosen by chance. */
    private static void pass(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String seconds(Duration time) {
        return "%.1f".formatted(time.toMillis() / 1000.0);
    }

    private Path home() {
        return jenkins.getHome().toPath();
    }

    /** Until each attempt has its end, or it is clear that one never comes; the verdict names it then. */
    private void awaitEnds() throws Throwable {
        long latest = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < latest) {
            boolean isOver = Workload.isOver(jenkins);
            if (isOver && LedgerSnapshot.at(home()).haveEnded(ToldEnd.inTheHistory(jenkins))) {
                return;
            }
            pass(Duration.ofSeconds(1));
        }
        System.out.println("Not all has ended within " + LIMIT);
    }

    private Verdict verdict(String when) throws Throwable {
        return new Verdict(
                when,
                met.with(LedgerSnapshot.at(home())),
                ToldEnd.inTheHistory(jenkins),
                ToldEnd.onThePages(jenkins),
                Workload.lostBuilds(jenkins),
                AuditedEnd.at(home()),
                server);
    }
}
