package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;

/** Connects a run to its server when the run begins. */
public interface ServerConnector {

    /** Returns the address that the run began with, even if the server is not configured any more. */
    ServerUrl server();

    /** Returns the source that is kept with the run, so that its outcome can be found out later. */
    AttemptSource source();

    /**
     * Finds the server and its credential as they are now. May block.
     *
     * @throws MetaKraftwerkException not sent; retryable if the missing part may still come
     */
    ServerConnection connect() throws MetaKraftwerkException;
}
