package io.jenkins.plugins.metakraftwerk.config;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jvnet.localizer.LocaleProvider;

/** Waits for a call on the thread of a web request, which a slow server must not hold for long. */
final class Waiting {

    /**
     * How long who waits is kept.
     *
     * @param call for one call
     * @param all for the log-in that may come before a call as well, which takes as long as that
     */
    record Limits(Duration call, Duration all) {}

    static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(8));

    /** Changed by tests only, which must not depend on how fast a machine is. */
    static volatile Limits limits = USUAL;

    private Waiting() {}

    /** @throws AbortException with a message in the language of the browser */
    static <T> T await(CompletableFuture<T> call) throws AbortException {
        Duration all = limits.all();
        try {
            return call.get(all.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AbortException(message(Futures.cause(e), LocaleProvider.getLocale()));
        } catch (TimeoutException | CancellationException e) {
            call.cancel(true);
            throw new AbortException(Messages.wait_tooLong(all.toSeconds()));
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new AbortException(Messages.wait_interrupted());
        }
    }

    static String message(Throwable failure, Locale locale) {
        return failure instanceof MetaKraftwerkException known
                ? known.text().in(locale)
                : Messages._wait_failed(failure.getClass().getSimpleName()).toString(locale);
    }
}
