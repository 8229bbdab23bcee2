package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.ExecutorService;

/**
 * The few threads that read responses and handle outcomes. Their tasks do not wait, so their number does not grow with
 * the number of calls. With the HTTP client's own executor it would.
 */
public final class ResponseThreads {

    private static final int THREADS =
            Math.max(2, Math.min(8, Runtime.getRuntime().availableProcessors()));

    /** Far more tasks than there are calls. */
    private static final int MOST_WAITING = 100_000;

    /** Refuses no task: the JDK's HTTP client may stay broken if its executor refuses one. */
    public static final ExecutorService EXECUTOR =
            BoundedThreadPool.helping("MetaKraftwerk client", THREADS, MOST_WAITING);

    private ResponseThreads() {}
}
