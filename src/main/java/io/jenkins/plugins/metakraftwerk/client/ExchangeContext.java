package io.jenkins.plugins.metakraftwerk.client;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * The things that all exchanges with one server share.
 *
 * @param executor handles the outcome of an exchange
 */
record ExchangeContext(ServerUrl server, HttpClient http, Timing timing, Executor executor, ResponseGate gate) {

    /** Returns the proxy for an address. */
    Optional<InetSocketAddress> proxy(URI uri) {
        return http.proxy()
                .flatMap(proxies -> proxies.select(uri).stream()
                        .map(proxy -> (InetSocketAddress) proxy.address())
                        .findFirst());
    }
}
