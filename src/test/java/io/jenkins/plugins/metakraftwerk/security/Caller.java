package io.jenkins.plugins.metakraftwerk.security;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jvnet.hudson.test.JenkinsRule;

/** Somebody who calls web methods by hand. */
final class Caller {

    /** The ways to call. */
    enum Verb {
        POST,
        POST_WITHOUT_CRUMB,
        GET
    }

    /** What comes of it. */
    enum Answer {
        /** Not let in: nothing is told. */
        REFUSED,
        /** A list that has nothing but what the caller sent. */
        CURRENT_VALUE_ONLY,
        /** No list and no check, but the reason why there is none. */
        REASON_ONLY,
        /** The real answer. */
        GIVEN
    }

    /** Its threads have a name of their own, so that nobody takes them for the plugin's. */
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .executor(Executors.newCachedThreadPool(Caller::daemon))
            .build();

    private final JenkinsRule jenkins;
    private final String user;

    /** @param user also the password; 'anonymous' for nobody */
    Caller(JenkinsRule jenkins, String user) {
        this.jenkins = jenkins;
        this.user = user;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "caller");
        thread.setDaemon(true);
        return thread;
    }

    Answer call(Verb verb, String path, Map<String, String> query) throws IOException, InterruptedException {
        HttpResponse<String> response = send(verb, path, query);
        return switch (response.statusCode()) {
            case 200 -> {
                if (response.body()
                        .matches("<div class=\"?error\"?>.*\\((Credentials/UseItem|Overall/Administer)\\).*")) {
                    yield Answer.REASON_ONLY;
                }
                if (isReason(response.body())) {
                    yield Answer.REASON_ONLY;
                }
                yield onlyRepeats(response.body(), query) ? Answer.CURRENT_VALUE_ONLY : Answer.GIVEN;
            }
            case 302 -> Answer.GIVEN;
            case 401, 403, 404, 405 -> Answer.REFUSED;
            default -> throw new AssertionError(response.statusCode() + ": " + response.body());
        };
    }

    HttpResponse<String> send(Verb verb, String path, Map<String, String> query)
            throws IOException, InterruptedException {
        String form = query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        String url = jenkins.getURL() + path;
        HttpRequest.Builder request = verb == Verb.GET
                ? HttpRequest.newBuilder(URI.create(url + "?" + form))
                : HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form));
        if (verb == Verb.POST) {
            var crumbs = jenkins.jenkins.getCrumbIssuer();
            request.header(crumbs.getCrumbRequestField(), crumbs.getCrumb((jakarta.servlet.ServletRequest) null));
        }
        if (!user.equals("anonymous")) {
            String logIn = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8)));
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static boolean isReason(String body) {
        return body.startsWith("{")
                && JSONObject.fromObject(body).optString("reason").endsWith(".");
    }

    private static boolean onlyRepeats(String body, Map<String, String> query) {
        if (!body.startsWith("{")) {
            return false;
        }
        JSONObject answer = JSONObject.fromObject(body);
        if (answer.has("suggestions")) {
            return answer.getJSONArray("suggestions").isEmpty();
        }
        if (!answer.has("values")) {
            return false;
        }
        JSONArray values = answer.getJSONArray("values");
        for (int i = 0; i < values.size(); i++) {
            if (!query.containsValue(values.getJSONObject(i).getString("value"))) {
                return false;
            }
        }
        return true;
    }
}
