package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.DeploymentRequest;
import java.util.List;

/**
 * A run that was open when an earlier process ended, and has not gone on since.
 *
 * @param server the address of its server
 * @param state where somebody may go on for it to find out what became of it; who does must not send
 */
public record OpenRun(
        String owner, String server, DeploymentRequest request, AttemptSource source, DeploymentState state) {

    /**
     * The attempt as far as it is known here; not by whom.
     *
     * @param build where that is, or was
     */
    public AttemptRecord begun(RunIdentity.BuildLocation build) {
        return AttemptRecord.begun(build, owner, List.of(), source, server, request);
    }

    /** The same without a credential, which may not have been lent to it. */
    public OpenRun withoutCredential() {
        return new OpenRun(owner, server, request, source.withoutCredential(), state);
    }
}
