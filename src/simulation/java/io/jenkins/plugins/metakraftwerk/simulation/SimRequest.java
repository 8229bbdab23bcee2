package io.jenkins.plugins.metakraftwerk.simulation;

import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Request as the server and the rules see it. */
final class SimRequest {

    /** Null for a request that no run sends itself, such as a log-in. */
    final SimRun sender;

    final String host;
    final String method;
    final String path;
    final Map<String, String> query;
    final byte[] body;
    final String token;

    /** Number of times that the server did its work. */
    int worked;

    /** Records that a list of deployments has shown, and whether this response has arrived. */
    List<SimRecord> view;

    /** Status of a build that the server has sent. */
    String buildStatus;

    long sentAt;

    /**
     * Time when the response of the server itself had arrived whole at a client that waited, and in which life. 0 if it
     * has not.
     */
    long answeredAt;

    int answeredIn;

    /** True if nobody waits for its response any more, for any reason. */
    boolean over;

    /** True if a client that waited for it was told that nothing was done. */
    boolean refused;

    SimRequest(SimRun sender, HttpRequest request) {
        this.sender = sender;
        host = request.uri().getHost();
        method = request.method();
        path = request.uri().getPath();
        query = query(request.uri().getRawQuery());
        body = RequestBodies.read(request);
        token = request.headers().firstValue("Authorization").orElse("");
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        if (raw != null) {
            for (String parameter : raw.split("&")) {
                int equals = parameter.indexOf('=');
                query.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    boolean isDeployment() {
        return method.equals("POST") && path.equals(SimServer.BUILD_DEPLOYMENTS);
    }

    boolean isList() {
        return method.equals("GET") && path.equals(SimServer.BUILD_DEPLOYMENTS);
    }

    boolean isBuild() {
        return method.equals("GET") && path.startsWith(SimServer.BUILDS);
    }

    boolean isFirstPage() {
        return query.getOrDefault("$skip", "0").equals("0");
    }

    @Override
    public String toString() {
        String shown = path.startsWith(SimServer.API) ? path.substring(SimServer.API.length()) : path;
        return method + " " + shown + (query.isEmpty() ? "" : " " + query) + (sender == null ? "" : " of " + sender);
    }
}
