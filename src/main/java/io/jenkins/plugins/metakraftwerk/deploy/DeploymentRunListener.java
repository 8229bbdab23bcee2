package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/** Hears of a run, one call after another, on threads that may block. */
public interface DeploymentRunListener {

    void log(Text line);

    /** The run has come so far, which need not survive a crash yet; first, after a restart, from where it goes on. */
    void reached(DeploymentState state);

    /**
     * Makes sure that a crash would bring this run back. Asked when the run plans a request, and again before it notes that
     * it sends; the answer of the one time may do for the other.
     *
     * @return lets the run, on its virtual thread, wait until that is so; for ever, where this process is about to stop
     */
    ReadRetries.ReadCall<?> anchor();

    /**
     * The request is about to go out, for the first time or again; its state is kept.
     *
     * @return lets the run, on its virtual thread, wait until it may go out, or for why it must not
     */
    ReadRetries.ReadCall<Optional<Text>> sends();

    /** The request of an aborted run was answered after the abort had been reported. */
    void late(DeploymentResult result);

    /**
     * The record of an earlier attempt, whose outcome had been unknown, was found.
     *
     * @param owner of that attempt
     */
    void found(String owner, DeploymentResult result);

    /**
     * Asks what an earlier build is called now.
     *
     * @param build where it is, and what it was called
     * @return empty where its job is gone
     */
    default Optional<String> buildName(RunIdentity.BuildLocation build) {
        return Optional.of(build.buildName());
    }
}
