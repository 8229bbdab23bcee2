package io.jenkins.plugins.metakraftwerk.run;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.deploy.RunCoordination;
import io.jenkins.plugins.metakraftwerk.deploy.RunThreads;
import io.jenkins.plugins.metakraftwerk.server.CurrentDisk;
import io.jenkins.plugins.metakraftwerk.server.StartupTask;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import io.jenkins.plugins.metakraftwerk.store.Journal;
import io.jenkins.plugins.metakraftwerk.store.JournalFile;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * State that all runs of this controller share. Each life of the controller has one, which is read from its file at the
 * start.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RunMemory {

    private static final Logger LOGGER = Logger.getLogger(RunMemory.class.getName());

    /** Maximum time that a stop of Jenkins waits for a disk that hangs. */
    private static final long PATIENCE_SECONDS = 10;

    /** Name of the file, in the home of Jenkins. */
    private static final String FILE = "io.jenkins.plugins.metakraftwerk.ledger";

    private final Journal journal = new Journal(
            new JournalFile(
                    CurrentDisk.disk(), Jenkins.get().getRootDir().toPath().resolve(FILE)),
            Threads.work(),
            Threads.timing(),
            Ledger.REMEMBERED);
    private final RunThreads threads = new RunThreads();
    private final Ledger ledger = new Ledger(Threads.timing(), journal);

    @NonNull
    static RunMemory get() {
        return ExtensionList.lookupSingleton(RunMemory.class);
    }

    /** Reads the file before anybody deploys, and before an administrator looks for problems. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void begin() {
        StartupTask.alone("Nothing can be deployed: it is not known what runs have done", RunMemory::get);
    }

    /**
     * Returns the shared state for runs. The first call may read a file, so it must not come from the thread of a
     * Pipeline.
     */
    static RunCoordination coordination() {
        RunMemory shared = get();
        return new RunCoordination(Threads.timing(), Threads.work(), Threads.http(), shared.threads, shared.ledger);
    }

    /** Ends the runs, since Jenkins stops. Called when all Pipelines sleep, so that none begins another run. */
    @Terminator(requires = FlowExecutionList.LIST_SAVED)
    public static void stop() {
        get().threads.stop();
    }

    /** Returns the journal, which stores the ledger. */
    Journal journal() {
        return journal;
    }

    /** Tries again to write what could not be written, since Jenkins stops. */
    void flush() {
        try {
            journal.flush().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, e, () -> "Jenkins stops before all is noted that runs have done");
        }
    }
}
