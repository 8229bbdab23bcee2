package io.jenkins.plugins.metakraftwerk.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Fault of a request. 'The work' is what the API would do and answer without the fault. */
public final class Fault {

    /** Writes a response, or does not. */
    interface Answering {
        void answer(HttpExchange exchange, Response worked) throws IOException;
    }

    private static final Supplier<CompletableFuture<Void>> AT_ONCE = () -> CompletableFuture.completedFuture(null);
    private static final String JSON = "application/json";

    /** No fault; a start for {@link #delayed}. */
    public static final Fault NONE = new Fault(AT_ONCE, true, AT_ONCE, false, Writing::whole);

    private final Supplier<CompletableFuture<Void>> before;
    private final boolean works;
    private final Supplier<CompletableFuture<Void>> between;
    private final boolean slow;
    private final Answering answering;

    private Fault(
            Supplier<CompletableFuture<Void>> before,
            boolean works,
            Supplier<CompletableFuture<Void>> between,
            boolean slow,
            Answering answering) {
        this.before = before;
        this.works = works;
        this.between = between;
        this.slow = slow;
        this.answering = answering;
    }

    private static Fault create(boolean works, Answering answering) {
        return new Fault(AT_ONCE, works, AT_ONCE, false, answering);
    }

    private static Fault slow(Answering answering) {
        return new Fault(AT_ONCE, true, AT_ONCE, true, answering);
    }

    /** Waits, then does the work and responds. */
    public static Fault delay(Duration wait) {
        return NONE.before(() -> pause(wait));
    }

    /** Does the work at once and responds late. */
    public static Fault answerLate(Duration wait) {
        return NONE.between(() -> pause(wait));
    }

    /** Closes the connection without the work. */
    public static Fault dropBefore() {
        return create(false, (exchange, worked) -> exchange.close());
    }

    /** Closes the connection after the work. */
    public static Fault dropAfter() {
        return create(true, (exchange, worked) -> exchange.close());
    }

    /**
     * Sends this response, without the work.
     *
     * @param headers names and values in turn
     */
    public static Fault status(int status, String contentType, String body, String... headers) {
        return create(false, fixed(Response.text(status, contentType, body), headers));
    }

    /** Sends this response, after the work. */
    public static Fault statusAfter(int status, String contentType, String body, String... headers) {
        return create(true, fixed(Response.text(status, contentType, body), headers));
    }

    /** Sends these bytes as response, after the work. */
    public static Fault bytesAfter(int status, String contentType, byte[] body, String... headers) {
        return create(true, fixed(new Response(status, contentType, body), headers));
    }

    /** Sends an error in the form of the API, without the work. */
    public static Fault error(int status, String message, String... headers) {
        return create(false, fixed(Response.error(status, message), headers));
    }

    /** Sends an error in the form of the API, after the work. */
    public static Fault errorAfter(int status, String message, String... headers) {
        return create(true, fixed(Response.error(status, message), headers));
    }

    public static Fault redirect(int status, String location) {
        return status(status, "text/plain", "See " + location, "Location", location);
    }

    public static Fault redirect(String location) {
        return redirect(307, location);
    }

    /** Sends a web page instead of JSON, after the work. */
    public static Fault html() {
        return statusAfter(200, "text/html", "<!DOCTYPE html><html><body>Please log in to the proxy</body></html>");
    }

    /** Sends bytes that mean nothing instead of JSON, after the work. */
    public static Fault garbage() {
        byte[] bytes = new byte[300];
        new Random(1).nextBytes(bytes);
        return bytesAfter(200, JSON, bytes);
    }

    /** Sends half of the response and closes the connection, after the work. */
    public static Fault truncate() {
        return create(true, Writing::half);
    }

    /** Sends JSON that ends too early, with the right content length, after the work. */
    public static Fault truncateJson() {
        return create(true, (exchange, worked) -> Writing.whole(exchange, Writing.cut(worked)));
    }

    /** Sends JSON of more than 10 MiB, after the work. */
    public static Fault huge() {
        return slow((exchange, worked) -> Writing.repeat(exchange, 11L * 1024 * 1024));
    }

    /** Sends JSON without an end, after the work. */
    public static Fault endless() {
        return slow((exchange, worked) -> Writing.repeat(exchange, Long.MAX_VALUE));
    }

    /** Sends the right response, one byte at a time, after the work. */
    public static Fault drip(Duration pause) {
        return slow((exchange, worked) -> Writing.drip(exchange, worked, pause));
    }

    /** Returns the same fault, after a wait. */
    public Fault delayed(Duration wait) {
        return before(() -> pause(wait));
    }

    Fault before(Supplier<CompletableFuture<Void>> gate) {
        return new Fault(gate, works, between, slow, answering);
    }

    Fault between(Supplier<CompletableFuture<Void>> gate) {
        return new Fault(before, works, gate, slow, answering);
    }

    /** Handles a request with this fault. One executor is for short work, the other for responses that take time. */
    void run(HttpExchange exchange, Supplier<Response> work, Executor quick, Executor patient) {
        before.get()
                .thenApplyAsync(nothing -> works ? work.get() : null, quick)
                .thenCompose(worked -> between.get().thenApply(nothing -> worked))
                .thenAcceptAsync(worked -> answer(exchange, worked), slow ? patient : quick)
                .whenComplete((nothing, failure) -> exchange.close());
    }

    private void answer(HttpExchange exchange, Response worked) {
        try {
            answering.answer(exchange, worked);
        } catch (IOException e) {
            // The client has closed the connection, which it may.
        }
    }

    private static Answering fixed(Response response, String... headers) {
        return (exchange, worked) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            Writing.whole(exchange, response);
        };
    }

    /** Completes later without holding a thread. */
    static CompletableFuture<Void> pause(Duration wait) {
        Executor later = CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, Runnable::run);
        return CompletableFuture.runAsync(() -> {}, later);
    }
}
