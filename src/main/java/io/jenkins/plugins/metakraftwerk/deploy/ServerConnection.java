package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;

/** Connection of a run to its server. */
public interface ServerConnection {

    /** Returns the client for the next call. */
    MetaKraftwerkClient client();

    /**
     * Looks the credential up again, since somebody may have renewed it while the run waited. To be called on a virtual
     * thread, which waits.
     *
     * @return true if the client is another one now
     */
    boolean renew() throws InterruptedException;
}
