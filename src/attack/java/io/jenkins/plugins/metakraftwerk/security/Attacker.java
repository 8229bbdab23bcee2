package io.jenkins.plugins.metakraftwerk.security;

import hudson.model.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jvnet.hudson.test.JenkinsRule;

/** Somebody who types, clicks and pushes what is not meant well, and remembers what came back. */
final class Attacker {

    /** Of one answer; what somebody wants to know stands at its beginning, and an echo of what was sent is long. */
    private static final int READ = 1 << 20;

    /** With one session: in each new one, Jenkins itself keeps a request that it refused, for after a log-in. */
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    private final JenkinsRule jenkins;
    private final String user;
    private final Path learnt;

    /** @param user also the password; 'anonymous' for nobody */
    Attacker(JenkinsRule jenkins, String user) throws IOException {
        this.jenkins = jenkins;
        learnt = Files.createTempDirectory("learnt");
        this.user = user;
    }

    String user() {
        return user;
    }

    /** Posts a form with a crumb, in a language; answers the status. */
    int post(String path, Map<String, String> form, String language) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var crumbs = jenkins.jenkins.getCrumbIssuer();
        return send(request(path, language)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header(crumbs.getCrumbRequestField(), crumbs.getCrumb((jakarta.servlet.ServletRequest) null))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    int post(String path, Map<String, String> form) throws IOException, InterruptedException {
        return post(path, form, "en");
    }

    int get(String path) throws IOException, InterruptedException {
        return send(request(path, "en").GET());
    }

    private HttpRequest.Builder request(String path, String language) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jenkins.getURL() + path))
                .header("Accept-Language", language);
        if (!user.equals("anonymous")) {
            String logIn = user + ":" + user;
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(logIn.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private int send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                learn(new String(body.readNBytes(READ), StandardCharsets.UTF_8));
                // To the end, since Jenkins is to write all of it.
                body.transferTo(OutputStream.nullOutputStream());
            }
            return answer.statusCode();
        } catch (IOException e) {
            // Jenkins hangs up on what is too large.
            return 413;
        }
    }

    /** Reads the log of a build. */
    void read(Run<?, ?> build) throws IOException {
        learn(Files.readString(build.getRootDir().toPath().resolve("log"), StandardCharsets.UTF_8));
    }

    /** On the disk, since what an attacker remembers is not to count as what Jenkins holds. */
    private void learn(String text) throws IOException {
        String beginning = text.length() > READ ? text.substring(0, READ) : text;
        Files.writeString(Files.createTempFile(learnt, "answer", null), beginning);
    }

    /** The first of these words that it was told; null where none. */
    String wasTold(List<String> secrets) throws IOException {
        try (Stream<Path> answers = Files.list(learnt)) {
            for (Path answer : answers.toList()) {
                String text = Files.readString(answer);
                for (String secret : secrets) {
                    if (text.contains(secret)) {
                        return secret;
                    }
                }
            }
        }
        return null;
    }
}
