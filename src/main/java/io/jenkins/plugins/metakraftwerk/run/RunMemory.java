package io.jenkins.plugins.metakraftwerk.run;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.metakraftwerk.deploy.Claims;
import io.jenkins.plugins.metakraftwerk.deploy.Coordination;
import io.jenkins.plugins.metakraftwerk.deploy.Journal;
import io.jenkins.plugins.metakraftwerk.deploy.JournalFile;
import io.jenkins.plugins.metakraftwerk.deploy.TurnQueue;
import io.jenkins.plugins.metakraftwerk.deploy.UnknownAttempts;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What all runs of this controller share. One for each life of the controller, read from its files when the first run
 * asks for it.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class RunMemory {

    private final Claims claims = new Claims(journal("claims", Claims.REMEMBERED));
    private final UnknownAttempts attempts =
            new UnknownAttempts(Threads.timing(), journal("attempts", UnknownAttempts.REMEMBERED));
    private final TurnQueue turns = new TurnQueue();

    private static Journal journal(String what, int most) {
        JournalFile file = new JournalFile(
                Jenkins.get().getRootDir().toPath().resolve("io.jenkins.plugins.metakraftwerk." + what));
        return new Journal(file, Threads.work(), most);
    }

    /** May read a file the first time, so not for the thread of a Pipeline. */
    static Coordination coordination() {
        RunMemory memory = ExtensionList.lookupSingleton(RunMemory.class);
        return new Coordination(Threads.timing(), Threads.work(), memory.claims, memory.attempts, memory.turns);
    }
}
