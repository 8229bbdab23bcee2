package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Signal;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.run.AttemptViews;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Message that an aborted step leaves.
 *
 * @param text for the log of the build; null if there is nothing to say
 * @param page shows it on the page of the build, perhaps later
 */
record AbortMessage(@CheckForNull Text text, Runnable page) {

    private static final Logger LOGGER = Logger.getLogger(AbortMessage.class.getName());

    static final AbortMessage NONE = new AbortMessage(null, () -> {});

    /** Used if the effect of the step cannot be found out. */
    static final AbortMessage LATE = new AbortMessage(Text.forKey("abort.late"), () -> {});

    /** Platform threads for calls that virtual threads must not make. The calls must not block. */
    static final PlatformCalls READY = new PlatformCalls(Threads.http());

    /**
     * Finds the message. Never fails.
     *
     * @param build its name for the log of Jenkins
     * @param otherwise the message if the search fails
     */
    static AbortMessage find(String build, ReadRetries.ReadCall<AbortMessage> message, AbortMessage otherwise)
            throws InterruptedException {
        try {
            return message.read();
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            log(e, "Could not find out what was done by " + build);
            return otherwise;
        }
    }

    /**
     * Prints the text and shows the page, then returns so that the step may end. If all threads for printing are busy,
     * the text goes to the log of Jenkins after {@link AttemptViews#PATIENCE_OF_ABORT}. The page of the build shows it
     * later then.
     *
     * @param build its name for the log of Jenkins
     * @param print prints to the log of the build; may block
     */
    void tell(String build, Consumer<Text> print) throws InterruptedException {
        if (text == null) {
            return;
        }
        Signal done = new Signal();
        Threads.certainly(() -> {
            try {
                show(build);
                if (!done.isGiven()) {
                    print.accept(text);
                }
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> build + ": " + text);
            } finally {
                done.give();
            }
        });
        if (!done.inTime(Threads.timing(), AttemptViews.PATIENCE_OF_ABORT) && done.give()) {
            log(null, build + ": " + text);
        }
    }

    /** Logs on another thread, since an abort does not wait for the log of Jenkins. */
    private static void log(Throwable failure, String line) {
        Threads.http().execute(() -> LOGGER.log(Level.WARNING, line, failure));
    }

    private void show(String build) {
        try {
            page.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not show on the page of " + build + ": " + text);
        }
    }
}
