package io.jenkins.plugins.metakraftwerk.server;

import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkException;
import io.jenkins.plugins.metakraftwerk.client.Text;
import io.jenkins.plugins.metakraftwerk.client.TokenSource;
import java.util.Optional;

/**
 * Adds the id of the credential to the failure if the server refuses it: readers may not know which of several was
 * used.
 *
 * @param origin says who named the credential
 * @param folder the full name of the folder that named it; null if it was no folder
 */
record NamedTokenSource(TokenSource named, String credentialsId, Target.Origin origin, String folder)
        implements TokenSource {

    @Override
    public String token() throws MetaKraftwerkException, InterruptedException {
        try {
            return named.token();
        } catch (MetaKraftwerkException e) {
            throw withName(e);
        }
    }

    @Override
    public Optional<String> renew(String refused) throws MetaKraftwerkException, InterruptedException {
        try {
            return named.renew(refused);
        } catch (MetaKraftwerkException e) {
            throw withName(e);
        }
    }

    @Override
    public String secret() {
        return named.secret();
    }

    @Override
    public Text advice(String refused) {
        return name(named.advice(refused));
    }

    private MetaKraftwerkException withName(MetaKraftwerkException failure) {
        return failure.is(401) ? failure.with(name(failure.text())) : failure;
    }

    private Text name(Text text) {
        return switch (origin) {
            case SERVER -> Text.forKey("credential.ofServer", text, credentialsId);
            case FOLDER -> Text.forKey("credential.ofFolder", text, credentialsId, folder);
            case STEP -> Text.forKey("credential.ofJob", text, credentialsId);
        };
    }
}
