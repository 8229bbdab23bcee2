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
     * How long who waits is kept.
     *
     * @param call for one call
     * @param all for the log-in that may come before a call as well, which takes as long as that
     */
    public record Limits(Duration call, Duration all) {}

    private static final Logger LOGGER = Logger.getLogger(WebRequestWait.class.getName());

    static final Limits USUAL = new Limits(Duration.ofSeconds(5), Duration.ofSeconds(8));

    private static volatile Limits limits = USUAL;

    private WebRequestWait() {}

    public static Limits limits() {
        return limits;
    }

    /** For tests, which must not depend on how fast a machine is. */
    public static void replaceLimits(Limits other) {
        limits = other;
    }

    /** For what takes more than one call, which all together may take as long as one that is waited for. */
    public static WebRequestDeadline deadline() {
        return new WebRequestDeadline(limits.all());
    }

    /**
     * Lets a virtual thread read, which ends when nobody waits any more.
     *
     * @throws AbortException with a message in the language of the browser
     */
    public static <T> T await(ReadRetries.ReadCall<T> reading) throws AbortException {
        return await(reading, deadline());
    }

    /** As {@link #await(ReadRetries.ReadCall)}, for what has begun before. */
    public static <T> T await(ReadRetries.ReadCall<T> reading, WebRequestDeadline deadline) throws AbortException {
        Future<T> line = VirtualThreads.begin(Runnable::run, reading::read);
        try {
            return line.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AbortException(message(Futures.cause(e), LocaleProvider.getLocale()));
        } catch (TimeoutException e) {
            throw new AbortException(Messages.wait_tooLong(limits.all().toSeconds()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbortException(Messages.wait_interrupted());
        } finally {
            line.cancel(true);
        }
    }

    /** What a reader is told of a failure; one that this program does not know is in the log too. */
    public static String message(Throwable failure, Locale locale) {
        return message(failure).apply(locale);
    }

    /** As {@link #message(Throwable, Locale)}, for readers of any language. */
    public static Function<Locale, String> message(Throwable failure) {
        if (failure instanceof MetaKraftwerkException known) {
            return known.text()::in;
        }
        LOGGER.log(Level.WARNING, "A call for a form failed", failure);
        return Messages._wait_failed(failure.getClass().getSimpleName())::toString;
    }
}
