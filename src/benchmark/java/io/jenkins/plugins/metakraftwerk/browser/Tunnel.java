package io.jenkins.plugins.metakraftwerk.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A proxy that takes every host for one local port, so that a stand-in server can be shown under a real address. */
final class Tunnel implements AutoCloseable {

    private final ServerSocket entrance;
    private final int exit;

    Tunnel(int exit) throws IOException {
        this.exit = exit;
        entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (!entrance.isClosed()) {
                Socket client = entrance.accept();
                inBackground(() -> connect(client));
            }
        });
    }

    int port() {
        return entrance.getLocalPort();
    }

    private void connect(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), exit)) {
            // The client says nothing after its CONNECT before it is answered, so nothing of it is lost in the buffer.
            var request = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                line = request.readLine();
            }
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream fromClient = client.getInputStream();
            OutputStream toServer = server.getOutputStream();
            inBackground(() -> fromClient.transferTo(toServer));
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // One of the ends has hung up.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }
}
