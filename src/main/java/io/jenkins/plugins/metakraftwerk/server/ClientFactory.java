package io.jenkins.plugins.metakraftwerk.server;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.util.Secret;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.LogInTokenSource;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import io.jenkins.plugins.metakraftwerk.client.StoredTokenSource;
import io.jenkins.plugins.metakraftwerk.client.TokenSource;
import java.time.Duration;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Makes clients, of parts that are shared: one HTTP client for each server and proxy setting, so that connections are
 * re-used, and one authenticator for each credential, so that one log-in serves all. A changed credential or proxy is
 * another key; what is not used for an hour is let go.
 */
final class ClientFactory {

    private record TransportKey(ServerUrl server, ProxySettings proxy) {}

    private record AuthenticatorKey(HttpTransport transport, String user, Secret secret) {
        /** Without its parts: a secret shows its plain text. */
        @Override
        public String toString() {
            return "AuthenticatorKey";
        }
    }

    private static final Duration UNUSED = Duration.ofHours(1);

    private static final Cache<TransportKey, HttpTransport> TRANSPORTS = cache(100);

    private static final Cache<AuthenticatorKey, TokenSource> AUTHENTICATORS = cache(1000);

    private ClientFactory() {}

    private static <K, V> Cache<K, V> cache(int most) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(UNUSED)
                // At once, so that it stays within its bounds however much other work there is.
                .executor(Runnable::run)
                .build();
    }

    /**
     * One that says, where the credential is refused, which it was. Equal for calls of the same server with the same
     * credential, as long as neither changes.
     *
     * @param target who named the credential; null for the form of the server itself
     */
    static MetaKraftwerkClient forServer(
            MetaKraftwerkServer server, StandardCredentials credential, @CheckForNull Target target)
            throws AbortException {
        HttpTransport transport = transport(server.address());
        TokenSource authenticator = AUTHENTICATORS.get(key(transport, credential), ClientFactory::authenticator);
        var client = new MetaKraftwerkClient(
                transport,
                new NamedTokenSource(
                        authenticator,
                        credential.getId(),
                        target == null ? Target.Origin.SERVER : target.origin(),
                        target == null ? null : target.folder()));
        return server.getName().isEmpty() ? client : client.named(server.getName());
    }

    private static HttpTransport transport(ServerUrl server) {
        return TRANSPORTS.get(new TransportKey(server, ProxySettings.current()), ClientFactory::transport);
    }

    private static HttpTransport transport(TransportKey key) {
        return new HttpTransport(
                key.server(),
                HttpTransport.httpClient(key.proxy().httpClientBuilder(), Threads.http()),
                key.proxy()::requestBuilder,
                Threads.timing(),
                Threads.http());
    }

    private static AuthenticatorKey key(HttpTransport transport, StandardCredentials credential) {
        if (credential instanceof StandardUsernamePasswordCredentials logIn) {
            return new AuthenticatorKey(transport, logIn.getUsername(), logIn.getPassword());
        }
        return new AuthenticatorKey(transport, null, ((StringCredentials) credential).getSecret());
    }

    private static TokenSource authenticator(AuthenticatorKey key) {
        return key.user() == null
                ? new StoredTokenSource(key.secret()::getPlainText)
                : new LogInTokenSource(key.transport(), key.user(), key.secret()::getPlainText, Threads.timing());
    }
}
