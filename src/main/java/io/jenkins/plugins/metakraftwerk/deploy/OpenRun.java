package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import java.util.List;

/**
 * Run that was open when an earlier process ended and has not gone on since.
 *
 * @param owner identifies the run, as {@link RunIdentity#owner}
 * @param server the address of its server
 * @param state the state from which somebody may find out its outcome; they must not send
 */
public record OpenRun(
        String owner, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {

    /**
     * Returns the attempt of the run, without the users who started it.
     *
     * @param build the present or last known place of its Jenkins build
     */
    public AttemptRecord begun(RunIdentity.BuildLocation build) {
        return AttemptRecord.begun(build, owner, List.of(), source, server, request);
    }

    /** Returns the run without its credential, which may not have been lent to it. */
    public OpenRun withoutCredential() {
        return new OpenRun(owner, server, request, source.withoutCredential(), state);
    }
}
