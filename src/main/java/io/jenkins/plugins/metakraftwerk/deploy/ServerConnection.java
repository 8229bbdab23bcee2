package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;

/** How a run reaches its server. */
public interface ServerConnection {

    /** The client to use now. */
    MetaKraftwerkClient client();

    /**
     * Looks the credential up anew, since somebody may have renewed it while the run waited. For a virtual thread, which
     * waits for that.
     *
     * @return whether the client is another one now
     */
    boolean renew() throws InterruptedException;
}
