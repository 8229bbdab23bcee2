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
 * Makes clients of shared parts. All clients of a server with the same proxy setting share one HTTP client, so that
 * connections are re-used. All clients with the same credential share one token source, so that one log-in serves all.
 * A changed credential or proxy is another key. Parts that nobody has used for an hour are dropped.
 */
final class ClientFactory {

    private record TransportKey(ServerUrl server, ProxySettings proxy) {}

    private record TokenSourceKey(HttpTransport transport, String user, Secret secret) {
        /** Leaves out the parts: a secret would show its plain text. */
        @Override
        public String toString() {
            return "TokenSourceKey";
        }
    }

    private static final Duration UNUSED = Duration.ofHours(1);

    private static final Cache<TransportKey, HttpTransport> TRANSPORTS = cache(100);

    private static final Cache<TokenSourceKey, TokenSource> TOKEN_SOURCES = cache(1000);

    private ClientFactory() {}

    private static <K, V> Cache<K, V> cache(int most) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(UNUSED)
                // Evicts at once, so that the cache stays within its bounds under load.
                .executor(Runnable::run)
                .build();
    }

    /**
     * Returns a client that names the credential in its failure if the server refuses it. Two clients are equal if
     * server and credential are the same and neither has changed.
     *
     * @param target says who named the credential; null for the form of the server itself
     */
    static MetaKraftwerkClient forServer(
            MetaKraftwerkServer server, StandardCredentials credential, @CheckForNull Target target)
            throws AbortException {
        HttpTransport transport = transport(server.address());
        TokenSource tokenSource = TOKEN_SOURCES.get(key(transport, credential), ClientFactory::tokenSource);
        var client = new MetaKraftwerkClient(
                transport,
                new NamedTokenSource(
                        tokenSource,
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

    private static TokenSourceKey key(HttpTransport transport, StandardCredentials credential) {
        if (credential instanceof StandardUsernamePasswordCredentials logIn) {
            return new TokenSourceKey(transport, logIn.getUsername(), logIn.getPassword());
        }
        return new TokenSourceKey(transport, null, ((StringCredentials) credential).getSecret());
    }

    private static TokenSource tokenSource(TokenSourceKey key) {
        return key.user() == null
                ? new StoredTokenSource(key.secret()::getPlainText)
                : new LogInTokenSource(key.transport(), key.user(), key.secret()::getPlainText, Threads.timing());
    }
}
