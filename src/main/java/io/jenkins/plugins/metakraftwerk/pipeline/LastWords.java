package io.jenkins.plugins.metakraftwerk.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
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

    /** With what the run itself takes at most, less than a second. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    static final LastWords NONE = new LastWords(null, () -> {});

    /** Where it cannot be found out. */
    static final LastWords LATE = new LastWords(Text.of("abort.late"), () -> {});

    /**
     * Finds them out, off the Pipeline's thread; never fails.
     *
     * @param build how to call it in Jenkins' log
     * @param otherwise where that breaks
     */
    static CompletableFuture<LastWords> find(
            String build, Supplier<CompletableFuture<LastWords>> words, LastWords otherwise) {
        CompletableFuture<LastWords> found;
        try {
            found = CompletableFuture.supplyAsync(words, Threads.http()).thenCompose(later -> later);
        } catch (RuntimeException | Error e) {
            found = CompletableFuture.failedFuture(e);
        }
        return found.exceptionally(failure -> {
            LOGGER.log(Level.WARNING, failure, () -> "Could not find out what was done by " + build);
            return otherwise;
        });
    }

    /**
     * Tells it. What cannot be printed in time, since all threads for that are held, goes to Jenkins' log instead, and
     * later to the page of the build.
     *
     * @param build how to call it in Jenkins' log
     * @param print may block
     * @return completes when the step may end
     */
    CompletableFuture<Void> tell(String build, Consumer<Text> print) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        if (text == null) {
            told.complete(null);
            return told;
        }
        CompletableFuture<Void> late = patience();
        late.thenRun(() -> {
            if (told.complete(null)) {
                LOGGER.log(Level.WARNING, () -> build + ": " + text);
            }
        });
        told.whenComplete((nothing, failure) -> late.cancel(false));
        Threads.certainly(() -> {
            try {
                show(build);
                if (!told.isDone()) {
                    print.accept(text);
                }
            } catch (RuntimeException | Error e) {
                LOGGER.log(Level.WARNING, e, () -> build + ": " + text);
            } finally {
                told.complete(null);
            }
        });
        return told;
    }

    /** None where the timer takes no more waits: then it is not waited for. */
    private static CompletableFuture<Void> patience() {
        try {
            return Threads.timing().after(PATIENCE);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(null);
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
