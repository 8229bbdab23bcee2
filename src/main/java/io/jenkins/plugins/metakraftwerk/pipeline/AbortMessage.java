package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.run.AttemptViews;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What an aborted step leaves behind.
 *
 * @param text for the log of the build; null where there is nothing to say
 * @param page shows it on the page of the build, which may come later
 */
record AbortMessage(@CheckForNull Text text, Runnable page) {

    private static final Logger LOGGER = Logger.getLogger(AbortMessage.class.getName());

    static final AbortMessage NONE = new AbortMessage(null, () -> {});

    /** Where it cannot be found out. */
    static final AbortMessage LATE = new AbortMessage(Text.forKey("abort.late"), () -> {});

    /** For what is not for virtual threads, and does not block. */
    static final PlatformCalls READY = new PlatformCalls(Threads.http());

    /**
     * Finds them out; never fails.
     *
     * @param build how to call it in Jenkins' log
     * @param otherwise where that breaks
     */
    static AbortMessage find(String build, ReadRetries.ReadCall<AbortMessage> words, AbortMessage otherwise)
            throws InterruptedException {
        try {
            return words.read();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            log(e, "Could not find out what was done by " + build);
            return otherwise;
        }
    }

    /**
     * Tells it, until the step may end. What cannot be printed in time, since all threads for that are held, goes to Jenkins'
     * log instead, and later to the page of the build.
     *
     * @param build how to call it in Jenkins' log
     * @param print may block
     */
    void tell(String build, Consumer<Text> print) throws InterruptedException {
        if (text == null) {
            return;
        }
        Signal told = new Signal();
        Threads.certainly(() -> {
            try {
                show(build);
                if (!told.isGiven()) {
                    print.accept(text);
                }
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> build + ": " + text);
            } finally {
                told.give();
            }
        });
        if (!inTime(told) && told.give()) {
            log(null, build + ": " + text);
        }
    }

    /** An abort does not wait for Jenkins' log. */
    private static void log(Throwable failure, String line) {
        Threads.http().execute(() -> LOGGER.log(Level.WARNING, line, failure));
    }

    /** Where the timer takes no more waits, it is not waited for. */
    private static boolean inTime(Signal told) throws InterruptedException {
        try {
            return told.within(Threads.timing(), AttemptViews.PATIENCE_OF_ABORT);
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    private void show(String build) {
        try {
            page.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not show on the page of " + build + ": " + text);
        }
    }
}
