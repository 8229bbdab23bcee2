package io.jenkins.plugins.metakraftwerk.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Ways to write a response, the wrong ones too. */
final class Writing {

    private static final byte[] BLOCK =
            "{\"id\":1,\"name\":\"again and again\"},".repeat(2000).getBytes(StandardCharsets.UTF_8);

    private static final int MOST_AT_ONCE = 64 * 1024;

    private Writing() {}

    static void whole(HttpExchange exchange, Response response) throws IOException {
        begin(exchange, response, response.body().length == 0 ? -1 : response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            // Written in parts, since the server of the JDK keeps a buffer of the largest write while the connection is
            // open.
            byte[] body = response.body();
            for (int at = 0; at < body.length; at += MOST_AT_ONCE) {
                out.write(body, at, Math.min(MOST_AT_ONCE, body.length - at));
            }
        }
    }

    static void half(HttpExchange exchange, Response response) throws IOException {
        byte[] body = response.body();
        begin(exchange, response, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
        exchange.close();
    }

    static Response cut(Response response) {
        byte[] body = response.body();
        return new Response(response.status(), response.contentType(), Arrays.copyOf(body, body.length / 2));
    }

    /** Sends the start of a list with many records. */
    static void repeat(HttpExchange exchange, long length) throws IOException {
        begin(exchange, Response.text(200, "application/json", ""), 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write('[');
            for (long sent = 0; sent < length; sent += BLOCK.length) {
                out.write(BLOCK);
            }
            out.write("{\"id\":1}]".getBytes(StandardCharsets.UTF_8));
        }
    }

    static void drip(HttpExchange exchange, Response response, Duration pause) throws IOException {
        begin(exchange, response, response.body().length);
        OutputStream out = exchange.getResponseBody();
        for (byte one : response.body()) {
            out.write(one);
            out.flush();
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        out.close();
    }

    /** @param length 0 for an unknown length, -1 for no body, as the server of the JDK defines it */
    private static void begin(HttpExchange exchange, Response response, long length) throws IOException {
        if (response.contentType() != null) {
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
        }
        exchange.sendResponseHeaders(response.status(), length);
    }
}
