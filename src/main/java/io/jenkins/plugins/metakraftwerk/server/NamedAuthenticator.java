package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.client.Authenticator;
import io.jenkins.plugins.metakraftwerk.client.Futures;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Says, where a credential is refused, which one it is: whoever reads it may not know which of several was taken.
 *
 * @param origin who named the credential
 * @param folder the full name of the folder that did; null where it is no folder
 */
record NamedAuthenticator(Authenticator named, String credentialsId, Target.Origin origin, String folder)
        implements Authenticator {

    @Override
    public CompletableFuture<String> token() {
        return naming(named.token());
    }

    @Override
    public Optional<CompletableFuture<String>> renew(String refused) {
        return named.renew(refused).map(this::naming);
    }

    @Override
    public String secret() {
        return named.secret();
    }

    @Override
    public Text advice(String refused) {
        return name(named.advice(refused));
    }

    private CompletableFuture<String> naming(CompletableFuture<String> token) {
        return token.exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                Futures.cause(failure) instanceof MetaKraftwerkException known && known.is(401)
                        ? known.with(name(known.text()))
                        : failure));
    }

    private Text name(Text text) {
        return switch (origin) {
            case SERVER -> Text.of("credential.ofServer", text, credentialsId);
            case FOLDER -> Text.of("credential.ofFolder", text, credentialsId, folder);
            case STEP -> Text.of("credential.ofJob", text, credentialsId);
        };
    }
}
