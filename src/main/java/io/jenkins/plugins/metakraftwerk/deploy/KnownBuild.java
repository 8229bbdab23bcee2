package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;

/** Keeps what the run reads of its build on the way. Sends no request for it. */
final class KnownBuild {

    private volatile String name;
    private volatile boolean isMissing;

    void see(Build build) {
        name = build.name();
    }

    /** Notes that the server has no build of that id, or does not show it to the account. */
    void miss() {
        isMissing = true;
    }

    boolean isMissing() {
        return isMissing;
    }

    /** Returns the name; null if the build was not read in this process or has no name. */
    String name() {
        return name;
    }
}
