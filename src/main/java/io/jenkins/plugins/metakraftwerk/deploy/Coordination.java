package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.Timing;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * What the runs of one controller share, so that none takes, repeats or overtakes what another does.
 *
 * @param work threads for what may block: saving, printing
 */
public record Coordination(Timing timing, Executor work, Claims claims, UnknownAttempts attempts, TurnQueue turns) {

    /** Why not all is known that runs have done on a server; empty where it is. Does not block. */
    Optional<Trouble> trouble(String server) {
        return claims.trouble(server).or(() -> attempts.trouble(server));
    }

    /** Reads what could not be read. Completes when that was tried. */
    CompletableFuture<Void> look() {
        return CompletableFuture.allOf(claims.look(), attempts.look());
    }
}
