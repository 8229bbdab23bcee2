package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Clients;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.VirtualTiming;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;

/** What the runs of one controller share. */
final class World implements AutoCloseable {

    final StandInServer server = StandInServer.start();
    final VirtualTiming timing = new VirtualTiming();

    /** The time that calls have; nothing happens in it by itself. */
    final VirtualTiming calls = new VirtualTiming();

    final MetaKraftwerkClient client = Clients.of(server, calls);
    Claims claims = new Claims();
    UnknownAttempts attempts = new UnknownAttempts(timing);
    TurnQueue turns = new TurnQueue();

    Trial trial() {
        return trial(Clients.request());
    }

    Trial trial(DeploymentRequest request) {
        return new Trial(this, request);
    }

    /** As when the controller is started again: nobody remembers who owns what. */
    void restart() {
        claims = new Claims();
        attempts = new UnknownAttempts(timing);
        turns = new TurnQueue();
    }

    Coordination shared() {
        return new Coordination(timing, Runnable::run, claims, attempts, turns);
    }

    /** The next deployment goes wrong like this. */
    void fault(Fault fault) {
        server.fault("POST", BUILD_DEPLOYMENTS, 1, fault);
    }

    int posts() {
        return server.requests("POST", BUILD_DEPLOYMENTS).size();
    }

    int looks() {
        return server.requests("GET", BUILD_DEPLOYMENTS).size();
    }

    /** Adds a record of the same deployment as {@link Clients#request()}. */
    long record() {
        return server.addBuildDeployment(5139, 11, 21, null, null);
    }

    /** Fails if the aborted run goes on: lets all waits pass and a later call overtake whatever it might send. */
    void isOver(Trial trial, int posts) {
        assertThat(trial.cancelled()).isTrue();
        int requests = server.requests().size();
        timing.automatic();
        timing.advance(Duration.ofDays(1));
        Clients.get(client.patterns(null));
        assertThat(server.requests()).hasSize(requests + 1);
        assertThat(posts()).isEqualTo(posts);
    }

    @Override
    public void close() {
        server.close();
    }
}
