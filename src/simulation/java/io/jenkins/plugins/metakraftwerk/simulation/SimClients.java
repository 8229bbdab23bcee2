package io.jenkins.plugins.metakraftwerk.simulation;

import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MILLI;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.MINUTE;
import static io.jenkins.plugins.metakraftwerk.simulation.Scheduler.SECOND;

import io.jenkins.plugins.metakraftwerk.client.LogInTokenSource;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.StoredTokenSource;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import java.time.Duration;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnection;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnector;
import java.net.http.HttpRequest;
import java.util.concurrent.Executor;

/** Makes the clients of one controller: the real ones, over the simulated network. */
final class SimClients {

    private final World world;
    private final Controller controller;
    private ControllerLife life;
    private Timing timing;
    private Executor http;
    private LogInTokenSource logIn;

    SimClients(World world, Controller controller) {
        this.world = world;
        this.controller = controller;
    }

    /** Begins another life of the controller. */
    void begin(Timing time) {
        life = controller.life();
        timing = time;
        http = world.scheduler.executor(life, () -> world.chance.between(0, MILLI));
        logIn = new LogInTokenSource(transport(null, World.URL), "a@b.example", () -> "geheim", timing);
    }

    private HttpTransport transport(SimRun sender, String url) {
        return new HttpTransport(
                url(url), new SimHttpClient(world.network, life, sender), HttpRequest::newBuilder, timing, http);
    }

    /** Returns the connector of a run. After a restart, servers and credentials may come late, or never. */
    ServerConnector destination(SimRun run) {
        boolean late = run.lives > 1 && world.chance.happens(world.scenario.lookUpsFail());
        long from = world.scheduler.now() + (late ? world.chance.between(0, 4 * MINUTE) : 0);
        return new ServerConnector() {
            @Override
            public ServerUrl server() {
                return url(run.pin.url());
            }

            @Override
            public AttemptSource source() {
                return new AttemptSource("mkDeploy", run.pin.name(), null, null, null);
            }

            @Override
            public ServerConnection connect() throws MetaKraftwerkException {
                Servers.Entry entry = controller
                        .servers
                        .find(run.pin)
                        .orElseThrow(() -> missing(run, "The server is not configured any more."));
                if (world.scheduler.now() < from) {
                    throw missing(run, "There is no such credential.");
                }
                run.barred = false;
                return connection(run, entry.url());
            }
        };
    }

    private MetaKraftwerkException missing(SimRun run, String what) {
        world.trace.line(() -> "   " + run + " misses: " + what);
        run.barred = true;
        return MetaKraftwerkException.missing(Text.forKey("said", what));
    }

    private static ServerUrl url(String text) {
        try {
            return ServerUrl.parse(text);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
    }

    private ServerConnection connection(SimRun run, String url) {
        HttpTransport transport = transport(run, url);
        return new ServerConnection() {
            private MetaKraftwerkClient client = make();
            private String resolved;

            private MetaKraftwerkClient make() {
                if (world.scenario.logsIn()) {
                    return new MetaKraftwerkClient(transport, logIn);
                }
                String token = world.server(World.HOST).tokens.ready();
                resolved = token;
                return new MetaKraftwerkClient(transport, new StoredTokenSource(() -> token));
            }

            @Override
            public MetaKraftwerkClient client() {
                return client;
            }

            @Override
            public boolean renew() throws InterruptedException {
                // A vault is asked over the network.
                VirtualThreadWaits.pause(timing, Duration.ofNanos(world.chance.between(MILLI, 3 * SECOND)));
                String before = resolved;
                client = make();
                run.renewed = resolved != null && !resolved.equals(before);
                run.renewedAfter = run.requests.size();
                return run.renewed;
            }
        };
    }
}
