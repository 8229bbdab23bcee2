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
 * The server of one run. A run may wait for days, in which somebody stores a new token; so where a token is refused, its
 * credential is looked up once more, once in a run.
 */
final class RunConnection {

    private final ServerConnector destination;
    private volatile ServerConnection connection;

    private final Lock lock = new ReentrantLock();

    /** The look-up, once there is one, and the client whose token was refused. */
    private Future<Boolean> renewal;

    private MetaKraftwerkClient refused;

    RunConnection(ServerConnector destination) {
        this.destination = destination;
    }

    /** Finds the way, before anything is asked. May block. */
    void connect() throws MetaKraftwerkException {
        connection = destination.connect();
    }

    boolean isThere() {
        return connection != null;
    }

    MetaKraftwerkClient client() {
        return connection.client();
    }

    ServerUrl server() {
        return destination.server();
    }

    AttemptSource source() {
        return destination.source();
    }

    /** Makes a call that only reads; again with the new client where there is one. */
    <T> T read(MetaKraftwerkClient.ClientCall<T> question) throws MetaKraftwerkException, InterruptedException {
        while (true) {
            MetaKraftwerkClient used = connection.client();
            try {
                return question.ask(used);
            } catch (MetaKraftwerkException e) {
                if (!mayRenew(e, used) || !renews(used)) {
                    throw e;
                }
            }
        }
    }

    /** Waits for the look-up; whether there is another client then. */
    boolean renews(MetaKraftwerkClient used) throws InterruptedException {
        try {
            return VirtualThreadWaits.await(renewal(used));
        } catch (MetaKraftwerkException | RuntimeException | Error e) {
            // What the server has said of the old one tells more.
            return false;
        }
    }

    /** True after the first 401 of the run, and for all calls that were made with the token that was refused then. */
    boolean mayRenew(MetaKraftwerkException failure, MetaKraftwerkClient used) {
        lock.lock();
        try {
            return failure.is(401) && (renewal == null || used == refused);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Shared by all calls that were made with the old token; by a thread that nobody interrupts, so that one that gives up
     * does not end it for the others.
     */
    private Future<Boolean> renewal(MetaKraftwerkClient used) {
        lock.lock();
        try {
            if (renewal == null) {
                refused = used;
                // What is the same must not be tried for ever, whatever is said of it.
                renewal = VirtualThreads.begin(Runnable::run, () -> connection.renew() && connection.client() != used);
            }
            return renewal;
        } finally {
            lock.unlock();
        }
    }
}
