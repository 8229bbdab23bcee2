package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.ExecutorService;

/**
 * The few threads on which answers are read and calls go on. Nothing waits on them, so their number does not grow with the
 * number of calls, as it would with the HTTP client's own executor.
 */
public final class ResponseThreads {

    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    /** Far more than there are calls. */
    private static final int MOST_WAITING = 100_000;

    /** Refuses nothing: a client of the JDK whose executor does so may be broken for good. */
    public static final ExecutorService EXECUTOR =
            BoundedThreadPool.helping("MetaKraftwerk client", THREADS, MOST_WAITING);

    private ResponseThreads() {}
}
