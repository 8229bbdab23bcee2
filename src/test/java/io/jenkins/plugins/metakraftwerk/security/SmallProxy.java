package io.jenkins.plugins.metakraftwerk.security;

import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy on a loopback port, with or without a log-in. It passes everything on to one server, whatever host it is
 * asked for, so that a host that only the proxy knows proves that the way went through it.
 */
final class SmallProxy implements AutoCloseable {

    /** Keeps the port for this proxy, whether it takes connections or not. */
    private final SilentPort reserved = new SilentPort();

    private final int target;
    private final String logIn;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile ServerSocket socket;

    /**
     * @param target the port of the server
     * @param logIn user and password with a colon in between; null for a proxy that asks for none
     */
    SmallProxy(int target, String logIn) throws IOException {
        this.target = target;
        this.logIn = logIn;
        listen();
    }

    /** Takes connections, for the first time or again. */
    void listen() throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 50);
        socket = listening;
        daemon(() -> accept(listening));
    }

    int port() {
        return reserved.number();
    }

    /** The first line and the headers of each request that arrived, refused ones too. */
    List<String> heads() {
        return heads;
    }

    /** Takes no new connections; what is under way goes on. */
    void refuse() throws IOException {
        socket.close();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "small proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            heads.add(head);
            if (!authorized(head)) {
                write(
                        client,
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"small\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                open.add(server);
                boolean isTunnel = head.startsWith("CONNECT ");
                if (isTunnel) {
                    write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                } else {
                    write(server, originForm(head));
                }
                daemon(() -> copy(client, server));
                if (!isTunnel) {
                    write(client, closing(head(server.getInputStream())));
                }
                copy(server, client);
            }
        } catch (IOException e) {
            // One side has hung up, which is its right.
        }
    }

    private boolean authorized(String head) {
        if (logIn == null) {
            return true;
        }
        String expected = Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8));
        return head.contains("\r\nProxy-Authorization: Basic " + expected + "\r\n");
    }

    /** For the server: without the host in the first line, without the proxy's log-in, and one request a connection. */
    private static String originForm(String head) {
        return closing(
                head.replaceFirst("^(\\w+) http://[^/]+", "$1 ").replaceAll("Proxy-Authorization: [^\r]*\r\n", ""));
    }

    /** Both sides must know that the connection ends with this answer, or else the next request goes into the void. */
    private static String closing(String head) {
        return head.replaceAll("(?i)(Connection|Upgrade|HTTP2-Settings): [^\r]*\r\n", "")
                .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("ended in the head");
            }
            head.append((char) one);
        }
        return head.toString();
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        to.getOutputStream().flush();
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // As above.
        }
    }

    @Override
    public void close() throws IOException {
        refuse();
        for (Socket each : open) {
            each.close();
        }
        reserved.close();
    }
}
