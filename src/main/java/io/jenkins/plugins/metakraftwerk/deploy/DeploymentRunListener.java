package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.ReadRetries;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;

/** Is told of the progress of a run, one call after another, on threads that may block. */
public interface DeploymentRunListener {

    void log(Text line);

    /**
     * The run has reached a state, which may not be kept yet. After a restart, the first call names the state from
     * which the run goes on.
     */
    void reached(DeploymentState state);

    /**
     * Makes sure that this run comes back after a crash. Called when the run plans a request, and again before it notes
     * that it sends. The second call may return the result of the first.
     *
     * @return waits on the virtual thread of the run until that is sure; for ever if this process is about to stop
     */
    ReadRetries.ReadCall<?> anchor();

    /**
     * The request is about to go out, for the first time or again. Its state is kept.
     *
     * @return waits on the virtual thread of the run until the request may go out; a text says why it must not
     */
    ReadRetries.ReadCall<Optional<Text>> sends();

    /** The outcome of an aborted run was found out after its abort was reported as unknown. */
    void late(DeploymentResult result);

    /**
     * The record of an earlier attempt with an unknown outcome was found.
     *
     * @param owner the owner of that attempt
     */
    void found(String owner, DeploymentResult result);

    /**
     * Returns the present name of an earlier Jenkins build.
     *
     * @param build its place and its last known name
     * @return empty if its job was deleted
     */
    default Optional<String> buildName(RunIdentity.BuildLocation build) {
        return Optional.of(build.buildName());
    }
}
