package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;

/** The server of a run, and the way there, which is found when the run begins. */
public interface ServerConnector {

    /** The address that the run began with; known also where the server is not configured any more. */
    ServerUrl server();

    /** What is kept of it for whoever finds out later what became of the run. */
    AttemptSource source();

    /**
     * Finds the server and its credential as they are now. May block.
     *
     * @throws MetaKraftwerkException not sent; retryable where what is missing may come
     */
    ServerConnection connect() throws MetaKraftwerkException;
}
