package io.jenkins.plugins.metakraftwerk.config;

import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.deploy.Claims;
import io.jenkins.plugins.metakraftwerk.deploy.Coordination;
import io.jenkins.plugins.metakraftwerk.deploy.Journal;
import io.jenkins.plugins.metakraftwerk.deploy.JournalFile;
import io.jenkins.plugins.metakraftwerk.deploy.TurnQueue;
import io.jenkins.plugins.metakraftwerk.deploy.UnknownAttempts;
import java.util.concurrent.Executor;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Wires what all runs of this controller share. */
@Restricted(NoExternalUse.class)
public final class Surroundings {

    private static volatile Timing timing = Timing.on(Threads.TIMER, Threads.HTTP);

    private Surroundings() {}

    /** One for each life of the controller, read from its files when the first run asks for it. */
    @Extension
    public static final class Memory {
        private final Claims claims = new Claims(journal("claims", Claims.REMEMBERED));
        private final UnknownAttempts attempts =
                new UnknownAttempts(timing(), journal("attempts", UnknownAttempts.REMEMBERED));
        private final TurnQueue turns = new TurnQueue();

        private static Journal journal(String what, int most) {
            JournalFile file = new JournalFile(
                    Jenkins.get().getRootDir().toPath().resolve("io.jenkins.plugins.metakraftwerk." + what));
            return new Journal(file, work(), most);
        }
    }

    /** May read a file the first time, so not for the thread of a Pipeline. */
    public static Coordination coordination() {
        Memory memory = ExtensionList.lookupSingleton(Memory.class);
        return new Coordination(timing(), work(), memory.claims, memory.attempts, memory.turns);
    }

    /** Goes on after a wait on a thread that must not block. */
    public static Timing timing() {
        return timing;
    }

    /** For what must not block. */
    public static Executor http() {
        return Threads.HTTP;
    }

    /** For what may block. A task must not wait for another one. */
    public static Executor work() {
        return Threads.WORK;
    }

    /** For tests, which own the time; answers what it was before. */
    static Timing replaceTiming(Timing other) {
        Timing before = timing;
        timing = other;
        return before;
    }
}
