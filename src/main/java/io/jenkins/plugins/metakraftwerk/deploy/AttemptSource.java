package io.jenkins.plugins.metakraftwerk.deploy;

import io.jenkins.plugins.metakraftwerk.client.BoundedText;

/**
 * Where an attempt comes from, and with what it reaches its server, so that somebody else can find out what became of it.
 *
 * @param step the function name of the step or the symbol of the builder
 * @param server the name of the server
 * @param credentialOrigin who names the credential; {@code folder} is null where it is no folder
 */
public record AttemptSource(String step, String server, String credentialsId, String credentialOrigin, String folder) {
    public AttemptSource {
        step = BoundedText.shared(step);
        server = BoundedText.shared(server);
        credentialsId = BoundedText.shared(credentialsId);
        credentialOrigin = BoundedText.shared(credentialOrigin);
        folder = BoundedText.shared(folder);
    }

    /** The same before a credential is lent, or where none is. */
    public AttemptSource withoutCredential() {
        return new AttemptSource(step, server, null, null, folder);
    }
}
