package io.jenkins.plugins.metakraftwerk.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What the exchanges with one server share.
 *
 * @param executor goes on with what an exchange has ended with
 */
record ExchangeContext(ServerUrl server, HttpClient http, Timing timing, Executor executor, ResponseGate gate) {

    /** The proxy on the way to an address. */
    Optional<InetSocketAddress> proxy(URI uri) {
        return http.proxy()
                .flatMap(proxies -> proxies.select(uri).stream()
                        .map(proxy -> (InetSocketAddress) proxy.address())
                        .findFirst());
    }
}
