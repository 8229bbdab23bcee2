package io.jenkins.plugins.metakraftwerk.simulation;

import io.jenkins.plugins.metakraftwerk.client.StubHttp;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.util.concurrent.CompletableFuture;

/**
 * HTTP client with connections to a simulated network. It returns a future that can be cancelled, as the client of the
 * JDK does.
 */
final class SimHttpClient extends StubHttp {

    private final Network network;
    private final ControllerLife life;
    private final SimRun sender;

    /** @param sender run that sends these requests */
    SimHttpClient(Network network, ControllerLife life, SimRun sender) {
        this.network = network;
        this.life = life;
        this.sender = sender;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        SimExchange<T> exchange = new SimExchange<>(network, life, sender, request, handler);
        exchange.begin();
        return exchange.answer();
    }
}
