package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.benchmark.StandInProcess.Seen;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What one deployment costs, beside the JDK's own HTTP client with the same two requests and beside a step of core. */
@WithJenkins
class CostBenchmark {

    private static final int TIMES = 100;
    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long nextBuild = 1_000_000;

    @Test
    void oneAfterAnother(JenkinsRule jenkins) throws Exception {
        List<Double> steps = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        List<Double> sleeps = new ArrayList<>();
        try (StandInProcess server = StandInProcess.start()) {
            Workbench bench = new Workbench(jenkins, server);
            steps(bench, server);
            raw(server);
            for (int round = 0; round < ROUNDS; round++) {
                steps.add(steps(bench, server));
                raw.add(raw(server));
                sleeps.add(bench.seconds(Workbench.loop(TIMES, "sleep 0")) * 1000 / TIMES);
            }
        }
        double step = Figures.median(steps);
        new Figures(TIMES + " deployments, one after another, milliseconds each")
                .add("mkDeploy (median of " + steps + ")", "%.1f", step)
                .add("the same two requests by java.net.http", "%.1f", Figures.median(raw))
                .add("the step's own cost", "%.1f", step - Figures.median(raw))
                .add("sleep 0, a step of core without any request", "%.1f", Figures.median(sleeps))
                .print();
    }

    private double steps(Workbench bench, StandInProcess server) throws Exception {
        server.reset();
        long first = nextBuild;
        nextBuild += TIMES;
        double seconds = bench.seconds(Workbench.loop(TIMES, Workbench.step(first + "L + i", "")));
        Seen seen = server.seen(first, nextBuild);
        assertThat(seen).isEqualTo(new Seen(TIMES, TIMES, 2 * TIMES, 1));
        return seconds * 1000 / TIMES;
    }

    private double raw(StandInProcess server) throws Exception {
        return 1000 * Figures.medianSeconds(TIMES, () -> twoRequests(server, nextBuild++));
    }

    private String twoRequests(StandInProcess server, long build) throws IOException, InterruptedException {
        String records = server.url() + StandInServer.BUILD_DEPLOYMENTS;
        String names = "pattern=" + StandInDefaults.PATTERN + "&deployment=" + StandInDefaults.DEV;
        String body = "{\"build_id\":" + build + ",\"pattern\":\"" + StandInDefaults.PATTERN + "\",\"deployment\":\""
                + StandInDefaults.DEV + "\"}";
        send(request(server, records + "?build_id=" + build + "&" + names).build(), 200);
        return send(
                request(server, records)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                201);
    }

    private static HttpRequest.Builder request(StandInProcess server, String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + server.token());
    }

    private String send(HttpRequest request, int status) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(status);
        return answer.body();
    }
}
