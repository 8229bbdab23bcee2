package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Build;

/** What a run has read of its build on the way; nothing is asked for it. */
final class SeenBuild {

    private volatile String name;

    void see(Build build) {
        name = build.name();
    }

    /** Null where the build was not read in this process, or has none. */
    String name() {
        return name;
    }
}
