package io.jenkins.plugins.metakraftwerk.deploy;

import static io.jenkins.plugins.metakraftwerk.standin.StandInServer.BUILD_DEPLOYMENTS;

import io.jenkins.plugins.metakraftwerk.client.Clients;
import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;

/** What the runs of one controller share. */
final class World implements AutoCloseable {

    final StandInServer server = StandInServer.start();
    final VirtualTiming timing = new VirtualTiming();
    final MetaKraftwerkClient client = Clients.of(server);
    Claims claims = new Claims();

    Trial trial() {
        return trial(Clients.request());
    }

    Trial trial(DeploymentRequest request) {
        return new Trial(this, request);
    }

    /** As when the controller is started again: nobody remembers who owns what. */
    void restart() {
        claims = new Claims();
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

    @Override
    public void close() {
        server.close();
    }
}
