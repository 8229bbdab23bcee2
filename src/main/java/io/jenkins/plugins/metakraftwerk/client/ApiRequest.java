package io.jenkins.plugins.metakraftwerk.client;

import java.net.URI;
import java.time.Duration;

/**
 * One HTTP request.
 *
 * @param body becomes JSON; null for none
 * @param token the bearer token; null for none
 * @param timeout for the whole exchange; null if the caller watches the time
 * @param secret must not be shown, even if the server repeats it; null for none. The token is never shown.
 */
// lgtm[jenkins/plaintext-storage] It is in memory only, until it is sent.
record ApiRequest(String method, URI uri, Object body, String token, Duration timeout, String secret) {
    /** Names the request together with its host, for Jenkins' log. */
    String located() {
        return method + " " + uri.getHost() + uri.getPath();
    }

    /** Names the request as the vendor's reference does. Texts name the server beside it. */
    @Override
    public String toString() {
        return method + " " + uri.getPath().replaceFirst("^.*" + ServerUrl.API + "(?=/)", "");
    }
}
