package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.metakraftwerk.deploy.Claims;
import io.jenkins.plugins.metakraftwerk.deploy.Coordination;
import io.jenkins.plugins.metakraftwerk.deploy.Journal;
import io.jenkins.plugins.metakraftwerk.deploy.JournalFile;
import io.jenkins.plugins.metakraftwerk.deploy.TurnQueue;
import io.jenkins.plugins.metakraftwerk.deploy.UnknownAttempts;
import io.jenkins.plugins.metakraftwerk.server.AtStart;
import io.jenkins.plugins.metakraftwerk.server.Disks;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What all runs of this controller share. One for each life of the controller, read from its files when that begins. */
@Extension
@Restricted(NoExternalUse.class)
public final class RunMemory {

    private static final Logger LOGGER = Logger.getLogger(RunMemory.class.getName());

    /** How long a stop waits for a disk that hangs. */
    private static final long PATIENCE_SECONDS = 10;

    static final String CLAIMS = "claims";
    static final String ATTEMPTS = "attempts";

    private final Journal claimed = journal(CLAIMS, Claims.REMEMBERED);
    private final Journal attempted = journal(ATTEMPTS, UnknownAttempts.REMEMBERED);
    private final Claims claims = new Claims(claimed);
    private final UnknownAttempts attempts = new UnknownAttempts(Threads.timing(), attempted);
    private final TurnQueue turns = new TurnQueue();

    private static Journal journal(String what, int most) {
        JournalFile file = new JournalFile(
                Disks.disk(), Jenkins.get().getRootDir().toPath().resolve("io.jenkins.plugins.metakraftwerk." + what));
        return new Journal(file, Threads.work(), Threads.timing(), most);
    }

    @NonNull
    static RunMemory get() {
        return ExtensionList.lookupSingleton(RunMemory.class);
    }

    /** Before anybody deploys, and before an administrator looks what is wrong. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        AtStart.alone("Nothing can be deployed: it is not known what runs have done", RunMemory::get);
    }

    /** May read a file the first time, so not for the thread of a Pipeline. */
    static Coordination coordination() {
        RunMemory memory = get();
        return new Coordination(Threads.timing(), Threads.work(), memory.claims, memory.attempts, memory.turns);
    }

    /** What is kept of claims, and what of attempts that ended unknown. */
    Journal journal(String what) {
        return CLAIMS.equals(what) ? claimed : attempted;
    }

    /** Writes what could not be written, since Jenkins ends. */
    void flush() {
        CompletableFuture<Void> written = CompletableFuture.allOf(
                List.of(claimed.flush(), attempted.flush()).toArray(CompletableFuture[]::new));
        try {
            written.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, e, () -> "Jenkins stops before all is noted that runs have done");
        }
    }
}
