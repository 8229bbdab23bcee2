package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;

/**
 * Origin of an attempt and its way to the server. With it, another run can find out the outcome of the attempt later.
 *
 * @param step the function name of the step or the symbol of the builder
 * @param server the name of the server
 * @param credentialsId null if no credential is known
 * @param credentialOrigin who named the credential, as {@link AttemptRecord#origin}
 * @param folder the full name of the folder that named the credential; null if no folder did
 */
public record AttemptSource(String step, String server, String credentialsId, String credentialOrigin, String folder) {
    public AttemptSource {
        step = BoundedText.shared(step);
        server = BoundedText.shared(server);
        credentialsId = BoundedText.shared(credentialsId);
        credentialOrigin = BoundedText.shared(credentialOrigin);
        folder = BoundedText.shared(folder);
    }

    /** Returns the source without a credential, for a time before one is lent or for an attempt that gets none. */
    public AttemptSource withoutCredential() {
        return new AttemptSource(step, server, null, null, folder);
    }
}
