package io.jenkins.plugins.metakraftwerk.standin;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.metakraftwerk.client.BuildDeployment;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.LogInTokenSource;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.ResponseThreads;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.Timing;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import io.jenkins.plugins.metakraftwerk.deploy.AttemptSource;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentFields;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentPlan;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRun;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentRunListener;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import io.jenkins.plugins.metakraftwerk.deploy.Ledger;
import io.jenkins.plugins.metakraftwerk.deploy.RunCoordination;
import io.jenkins.plugins.metakraftwerk.deploy.RunIdentity;
import io.jenkins.plugins.metakraftwerk.deploy.RunThreads;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnection;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One deployment from log-in to record, against a server that starts with it; fails if the record is not as asked. */
public final class Demonstration {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private Demonstration() {}

    public static void main(String[] args) throws Exception {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try (StandInServer server = StandInServer.start()) {
            say("A stand-in MetaKraftwerk server listens at " + server.url());
            Timing timing = Timing.on(scheduler, ResponseThreads.EXECUTOR);
            MetaKraftwerkClient client = client(server, timing);
            DeploymentResult result = deploy(client, timing);
            BuildDeployment record = VirtualThreads.begin(
                            Runnable::run, () -> client.get(result.record().id()))
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            say("Read back: " + record);
            show(server.requests());
            check(server, record);
            say("The record is what was asked for.");
        } finally {
            scheduler.shutdownNow();
        }
    }

    private static MetaKraftwerkClient client(StandInServer server, Timing timing) throws Exception {
        var http = HttpTransport.httpClient(HttpClient.newBuilder(), ResponseThreads.EXECUTOR);
        var transport =
                new HttpTransport(ServerUrl.parse(server.url()), http, HttpRequest::newBuilder, timing, ResponseThreads.EXECUTOR);
        var logIn = new LogInTokenSource(transport, StandInDefaults.EMAIL, () -> StandInDefaults.PASSWORD, timing);
        return new MetaKraftwerkClient(transport, logIn);
    }

    private static DeploymentResult deploy(MetaKraftwerkClient client, Timing timing) throws Exception {
        DeploymentRequest request = new DeploymentFields(String.valueOf(StandInDefaults.FINISHED_BUILD))
                .pattern(StandInDefaults.PATTERN, null)
                .deployment(StandInDefaults.DEV, null)
                .agentGroup(StandInDefaults.AGENT_GROUP, null)
                .request();
        say("Deploying build " + request.buildId() + ": " + request.patternLabel() + " → " + request.deploymentLabel()
                + " by " + request.executor());
        var plan = new DeploymentPlan(request, "the stand-in", null, true, false, LIMIT, LIMIT);
        var shared = new RunCoordination(timing, Runnable::run, Runnable::run, new RunThreads(), new Ledger(timing));
        var run = new DeploymentRun(
                shared,
                new Known(client),
                plan,
                new RunIdentity("demonstration", "1", "demonstration"),
                listener(),
                DeploymentState.initial(true, LIMIT, timing.now()));
        DeploymentResult result =
                VirtualThreads.begin(Runnable::run, run.start()::read).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        say("Result: " + result);
        return result;
    }

    /** A server that is there from the beginning, with a credential that stays. */
    private record Known(MetaKraftwerkClient client) implements ServerConnector, ServerConnection {
        @Override
        public ServerUrl server() {
            return client.server();
        }

        @Override
        public AttemptSource source() {
            return new AttemptSource("mkDeploy", "demonstration", null, null, null);
        }

        @Override
        public ServerConnection connect() {
            return this;
        }

        @Override
        public boolean renew() {
            return false;
        }
    }

    private static DeploymentRunListener listener() {
        return new DeploymentRunListener() {
            @Override
            public void log(Text line) {
                say(line.toString());
            }

            @Override
            public void reached(DeploymentState next) {
                say("State: " + next);
            }

            @Override
            public ReadRetries.ReadCall<?> anchor() {
                return () -> null;
            }

            @Override
            public ReadRetries.ReadCall<Optional<Text>> sends() {
                return Optional::empty;
            }

            @Override
            public void late(DeploymentResult result) {
                say("Late: " + result);
            }

            @Override
            public void found(String owner, DeploymentResult result) {
                say("Found: " + result);
            }
        };
    }

    private static void show(List<ReceivedRequest> requests) {
        say("The server received:");
        for (ReceivedRequest request : requests) {
            String query = request.rawQuery() == null ? "" : "?" + request.rawQuery();
            boolean secret = request.path().equals(StandInServer.AUTHENTICATION);
            say("  " + request.method() + " " + request.path() + query + (secret ? "" : " " + request.body()));
        }
    }

    private static void check(StandInServer server, BuildDeployment record) {
        JsonNode only = server.deployments().get(0);
        boolean asked = server.deployments().size() == 1
                && only.get("id").asLong() == record.id()
                && record.buildId() == StandInDefaults.FINISHED_BUILD
                && record.patternId() == StandInDefaults.PATTERN_ID
                && record.deploymentId() == StandInDefaults.DEV_ID
                && record.agentGroupId() == StandInDefaults.AGENT_GROUP_ID;
        if (!asked) {
            throw new IllegalStateException("Not what was asked for: " + server.deployments());
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
