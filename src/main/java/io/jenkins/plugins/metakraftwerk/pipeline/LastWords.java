package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.Door;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Moment;
import io.jenkins.plugins.metakraftwerk.client.Repeats;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.run.Views;
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
record LastWords(@CheckForNull Text text, Runnable page) {

    private static final Logger LOGGER = Logger.getLogger(LastWords.class.getName());

    static final LastWords NONE = new LastWords(null, () -> {});

    /** Where it cannot be found out. */
    static final LastWords LATE = new LastWords(Text.of("abort.late"), () -> {});

    /** For what is not for virtual threads, and does not block. */
    static final Door READY = new Door(Threads.http());

    /**
     * Finds them out; never fails.
     *
     * @param build how to call it in Jenkins' log
     * @param otherwise where that breaks
     */
    static LastWords find(String build, Repeats.Reading<LastWords> words, LastWords otherwise)
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
        Moment told = new Moment();
        Threads.certainly(() -> {
            try {
                show(build);
                if (!told.hasCome()) {
                    print.accept(text);
                }
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> build + ": " + text);
            } finally {
                told.comes();
            }
        });
        if (!inTime(told) && told.comes()) {
            log(null, build + ": " + text);
        }
    }

    /** An abort does not wait for Jenkins' log. */
    private static void log(Throwable failure, String line) {
        Threads.http().execute(() -> LOGGER.log(Level.WARNING, line, failure));
    }

    /** Where the timer takes no more waits, it is not waited for. */
    private static boolean inTime(Moment told) throws InterruptedException {
        try {
            return told.within(Threads.timing(), Views.PATIENCE_OF_ABORT);
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
