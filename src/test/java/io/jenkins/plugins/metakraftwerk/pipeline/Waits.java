package io.jenkins.plugins.metakraftwerk.pipeline;

import java.time.Duration;

/** How long tests wait for what must come. */
final class Waits {

    /** Far more than anything here needs, even on a busy machine. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private Waits() {}
}
