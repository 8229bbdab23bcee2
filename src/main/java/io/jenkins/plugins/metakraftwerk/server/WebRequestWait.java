package io.jenkins.plugins.metakraftwerk.server;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Waits for a call on the thread of a web request, which a slow server must not hold for long. */
@Restricted(NoExternalUse.class)
public final class WebRequestWait {

    /**
     * Maximum waits.
     *
     * @param call for one request to the server
     * @param all for a call with the log-in that may come before it
     */
    public record Limits(Duration call, Duration all) {}

    private static final Logger LOGGER = Logger.getLogger(WebRequestWait.class.getName());

    static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(8));

    private static volatile Limits limits = USUAL;

    private WebRequestWait() {}

    public static Limits limits() {
        return limits;
    }

    /** Replaces the limits in tests, which must not depend on the speed of a machine. */
    public static void replaceLimits(Limits other) {
        limits = other;
    }

    /** Returns a deadline for web requests that need more than one call. All together may take as long as one call. */
    public static WebRequestDeadline deadline() {
        return new WebRequestDeadline(limits.all());
    }

    /**
     * Reads on a virtual thread, which is cancelled when the wait is over.
     *
     * @throws AbortException with a message in the language of the browser
     */
    public static <T> T await(ReadRetries.ReadCall<T> call) throws AbortException {
        return await(call, deadline());
    }

    /** Reads as {@link #await(ReadRetries.ReadCall)} does, with a deadline that began earlier. */
    public static <T> T await(ReadRetries.ReadCall<T> call, WebRequestDeadline deadline) throws AbortException {
        Future<T> result = VirtualThreads.begin(Runnable::run, call::read);
        try {
            return result.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AbortException(message(Futures.cause(e), LocaleProvider.getLocale()));
        } catch (TimeoutException e) {
            throw new AbortException(Messages.wait_tooLong(limits.all().toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException(Messages.wait_interrupted());
        } finally {
            result.cancel(true);
        }
    }

    /** Returns the message for a failure. A failure that is not a {@link MetaKraftwerkException} is also logged. */
    public static String message(Throwable failure, Locale locale) {
        return message(failure).apply(locale);
    }

    /** Returns the message as {@link #message(Throwable, Locale)} does, for readers of any language. */
    public static Function<Locale, String> message(Throwable failure) {
        if (failure instanceof MetaKraftwerkException known) {
            return known.text()::in;
        }
        LOGGER.log(Level.WARNING, "A call for a form failed", failure);
        return Messages._wait_failed(failure.getClass().getSimpleName())::toString;
    }
}
