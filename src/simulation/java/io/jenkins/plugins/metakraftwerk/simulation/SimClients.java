package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MILLI;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.client.LogIn;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ReadyToken;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.Transport;
import io.jenkins.plugins.metakraftwerk.deploy.Connection;
import java.net.http.HttpRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Makes the clients of one controller: the real ones, over the simulated network. */
final class SimClients {

    private final World world;
    private final Controller controller;
    private Life life;
    private Timing timing;
    private Executor http;
    private LogIn logIn;

    SimClients(World world, Controller controller) {
        this.world = world;
        this.controller = controller;
    }

    /** Another life of the controller begins. */
    void begin(Timing time) {
        life = controller.life();
        timing = time;
        http = world.scheduler.executor(life, () -> world.chance.between(0, MILLI));
        logIn = new LogIn(transport(null, World.URL), "a@b.example", () -> "geheim", timing);
    }

    private Transport transport(SimRun sender, String url) {
        try {
            return new Transport(
                    ServerUrl.parse(url),
                    new SimHttpClient(world.network, life, sender),
                    HttpRequest::newBuilder,
                    timing,
                    http);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connection(SimRun run) {
        String url = controller.servers.find(run.pin).orElse(Servers.MAIN).url();
        Transport transport = transport(run, url);
        return new Connection() {
            private MetaKraftwerkClient client = make();
            private String resolved;

            private MetaKraftwerkClient make() {
                if (world.scenario.logsIn()) {
                    return new MetaKraftwerkClient(transport, logIn);
                }
                String token = world.server(World.HOST).tokens.ready();
                resolved = token;
                return new MetaKraftwerkClient(transport, new ReadyToken(() -> token));
            }

            @Override
            public MetaKraftwerkClient client() {
                return client;
            }

            @Override
            public CompletableFuture<Boolean> renew() {
                CompletableFuture<Boolean> renewed = new CompletableFuture<>();
                // A vault is asked over the network.
                world.scheduler.after(world.chance.between(MILLI, 3 * SECOND), life, () -> {
                    String before = resolved;
                    client = make();
                    run.renewed = resolved != null && !resolved.equals(before);
                    run.renewedAfter = run.requests.size();
                    renewed.complete(run.renewed);
                });
                return renewed;
            }
        };
    }
}
