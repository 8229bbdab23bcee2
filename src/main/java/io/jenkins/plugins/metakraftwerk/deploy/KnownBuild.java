package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;

/** What a run has read of its build on the way; nothing is asked for it. */
final class KnownBuild {

    private volatile String name;
    private volatile boolean isMissing;

    void see(Build build) {
        name = build.name();
    }

    /** The server has none of that id, or does not let the account see it. */
    void miss() {
        isMissing = true;
    }

    boolean isMissing() {
        return isMissing;
    }

    /** Null where the build was not read in this process, or has none. */
    String name() {
        return name;
    }
}
