package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreadWaits;
import io.jenkins.plugins.metakraftwerk.client.VirtualThreads;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Connection of one run to its server. A run may wait for days, and somebody may store a new token meanwhile. So after
 * a 401 the run looks its credential up again, once in its life.
 */
final class RunConnection {

    private final ServerConnector connector;
    private volatile ServerConnection connection;

    private final Lock lock = new ReentrantLock();

    /**
     * New look-up of the credential, and the client whose token was refused; null before the first 401. Guarded by the
     * lock.
     */
    private Future<Boolean> renewal;

    private MetaKraftwerkClient refused;

    RunConnection(ServerConnector connector) {
        this.connector = connector;
    }

    /** Connects to the server. To be called before the first read; may block. */
    void connect() throws MetaKraftwerkException {
        connection = connector.connect();
    }

    boolean isThere() {
        return connection != null;
    }

    MetaKraftwerkClient client() {
        return connection.client();
    }

    ServerUrl server() {
        return connector.server();
    }

    AttemptSource source() {
        return connector.source();
    }

    /** Makes a call that only reads. Repeats it if the look-up brings a new client. */
    <T> T read(MetaKraftwerkClient.ClientCall<T> call) throws MetaKraftwerkException, InterruptedException {
        while (true) {
            MetaKraftwerkClient used = connection.client();
            try {
                return call.ask(used);
            } catch (MetaKraftwerkException e) {
                if (!mayRenew(e, used) || !renews(used)) {
                    throw e;
                }
            }
        }
    }

    /** Waits for the look-up. Returns true if it brings another client. */
    boolean renews(MetaKraftwerkClient used) throws InterruptedException {
        try {
            return VirtualThreadWaits.await(renewal(used));
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // The server's refusal of the old token tells more than a failed look-up.
            return false;
        }
    }

    /** Returns true for the first 401 of the run, and for all calls that used the same token. */
    boolean mayRenew(MetaKraftwerkException failure, MetaKraftwerkClient used) {
        lock.lock();
        try {
            return failure.is(401) && (renewal == null || used == refused);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the look-up, which all calls with the old token share. It has a thread of its own that nobody interrupts,
     * so a call that gives up does not end it for the others.
     */
    private Future<Boolean> renewal(MetaKraftwerkClient used) {
        lock.lock();
        try {
            if (renewal == null) {
                refused = used;
                // Without another client, a new try would fail in the same way, even if {@code renew} returns true.
                renewal = VirtualThreads.begin(Runnable::run, () -> connection.renew() && connection.client() != used);
            }
            return renewal;
        } finally {
            lock.unlock();
        }
    }
}
