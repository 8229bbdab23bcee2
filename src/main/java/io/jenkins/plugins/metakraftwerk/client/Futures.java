package io.jenkins.plugins.metakraftwerk.client;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Helps with futures. */
public final class Futures {

    private Futures() {}

    /** Returns the failure without the wrappers that futures put around it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
