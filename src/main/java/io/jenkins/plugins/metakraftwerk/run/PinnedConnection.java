package io.jenkins.plugins.metakraftwerk.run;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.PlatformCalls;
import io.jenkins.plugins.metakraftwerk.deploy.ServerConnection;
import io.jenkins.plugins.metakraftwerk.server.Connections;
import io.jenkins.plugins.metakraftwerk.server.Target;
import io.jenkins.plugins.metakraftwerk.server.Threads;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connection to one server with one credential, whose secret may be renewed while a run waits. */
final class PinnedConnection implements ServerConnection {

    private static final Logger LOGGER = Logger.getLogger(PinnedConnection.class.getName());

    private final Run<?, ?> build;
    private final Target target;
    private volatile MetaKraftwerkClient client;

    /** Looks up the credential, so it may block. */
    PinnedConnection(Run<?, ?> build, Target target) throws AbortException {
        this.build = build;
        this.target = target;
        client = Connections.ofRun(build, target);
    }

    @Override
    public MetaKraftwerkClient client() {
        return client;
    }

    @Override
    public boolean renew() throws InterruptedException {
        try {
            return new PlatformCalls(Threads.work()).get(this::lookUpAgain);
        } catch (MetaKraftwerkException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean lookUpAgain() {
        try {
            MetaKraftwerkClient renewed = Connections.ofRun(build, target);
            boolean changed = !renewed.equals(client);
            client = renewed;
            return changed;
        } catch (AbortException | RuntimeException | Error e) {
            // The failure that the server reported for the old credential tells more than this one.
            LOGGER.log(Level.FINE, e, () -> "No other credential for " + target);
            return false;
        }
    }
}
