package io.jenkins.plugins.metakraftwerk.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that refuses every connection: it is bound, so that no other process gets it, and nobody listens. A server may
 * listen there meanwhile.
 */
public final class SilentPort implements AutoCloseable {

    private final Socket bound = new Socket();

    public SilentPort() throws IOException {
        bound.setReuseAddress(true);
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return bound.getLocalPort();
    }

    public String url() {
        return "http://localhost:" + number();
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}
