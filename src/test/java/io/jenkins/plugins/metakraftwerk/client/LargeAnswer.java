package io.jenkins.plugins.metakraftwerk.client;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * A server that answers every request with as many bytes as a client reads at most, written as they are made, so that
 * it holds next to none of them itself.
 */
final class LargeAnswer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String start;
    private final IntFunction<String> part;
    private final String end;

    /** @param part the nth of the parts between start and end, which commas separate */
    LargeAnswer(String start, IntFunction<String> part, String end) throws IOException {
        this.start = start;
        this.part = part;
        this.end = end;
        Thread answering = new Thread(this::answer, "large answer");
        answering.setDaemon(true);
        answering.start();
    }

    String url() {
        return "http://localhost:" + socket.getLocalPort();
    }

    private void answer() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept();
                    OutputStream out = new BufferedOutputStream(connection.getOutputStream())) {
                connection.getInputStream().read(new byte[8192]);
                write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + start);
                int left = BoundedBody.LIMIT - start.length() - end.length();
                String next = part.apply(0);
                for (int i = 1; left >= bytes(next).length; i++) {
                    left -= write(out, next);
                    next = "," + part.apply(i);
                }
                write(out, end);
            } catch (IOException e) {
                // The client has hung up, which is its right, or the test is over.
            }
        }
    }

    private static int write(OutputStream out, String text) throws IOException {
        out.write(bytes(text));
        return bytes(text).length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
