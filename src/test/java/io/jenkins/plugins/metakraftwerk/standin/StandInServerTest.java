package io.jenkins.plugins.metakraftwerk.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the stand-in keeps to the reference of the vendor, also in cases that a correct client never meets. */
class StandInServerTest {

    @AutoClose
    private final StandInServer server = StandInServer.start();

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> send(String method, String path, String body, String token) {
        try {
            var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .timeout(Duration.ofSeconds(30))
                    .header("Authorization", token)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, "Bearer " + server.token());
    }

    private static void isError(HttpResponse<String> answer, int status, String message) throws IOException {
        JsonNode error = StandInData.JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error.get("message").asText()).isEqualTo(message);
        assertThat(error.get("code").asInt()).isEqualTo(status);
        assertThat(error.get("name").asText()).isNotEmpty();
        assertThat(error.get("className").asText()).matches("[a-z]+(-[a-z]+)*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                    | 400 | A build_id is required!
            []                                                                    | 400 | A build_id is required!
            {"pattern":"CORE_DV_HLS","deployment":"DEPLOY_TO_DEV"}                | 400 | A build_id is required!
            {"build_id":"5139","pattern_id":11,"deployment_id":21}                | 400 | 'build_id' has the wrong type
            {"buildId":5139}                                                      | 400 | Unknown field 'buildId'
            {"build_id":5139,"deployment_id":21} | 400 | Exactly one of pattern or pattern_id is required!
            {"build_id":5139,"pattern":"P","pattern_id":11,"deployment_id":21} | 400 | Exactly one of pattern or pattern_id is required!
            {"build_id":5139,"pattern_id":11} | 400 | Exactly one of deployment or deployment_id is required!
            {"build_id":5139,"pattern_id":11,"deployment_id":21,"agent_id":51,"agent_group_id":41} | 400 | Specify either an agent or an agent_group!
            {"build_id":1,"pattern_id":11,"deployment_id":21}                     | 404 | Build not found
            {"build_id":5139,"pattern":"X","deployment_id":21} | 404 | A pattern with the name 'X' does not exist!
            {"build_id":5139,"pattern_id":11,"deployment":"X"} | 404 | A deployment with the name 'X' does not exist!
            {"build_id":5139,"pattern_id":11,"deployment_id":31}                  | 404 | No record found for id '31'
            {"build_id":5139,"pattern_id":11,"deployment_id":21,"agent_id":99}    | 404 | No record found for id '99'
            """)
    void whatCannotBeDeployed(String body, int status, String message) throws IOException {
        isError(send("POST", StandInServer.BUILD_DEPLOYMENTS, body), status, message);
        assertThat(server.deployments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void whatIsNotImplemented(String method) throws IOException {
        server.addBuildDeployment(5139, 11, 21, null, null);
        isError(send(method, StandInServer.BUILD_DEPLOYMENTS + "/1", "{}"), 405, "Not implemented");
        isError(send(method, StandInServer.BUILD_DEPLOYMENTS, "{}"), 405, "Not implemented");
        assertThat(server.deployments()).hasSize(1);
    }

    @Test
    void whoMayCall() throws IOException {
        isError(send("GET", "/api/v1/patterns", "", "Bearer x"), 401, "Not authenticated");
        isError(send("GET", "/api/v1/patterns", "", server.token() + "x"), 401, "Not authenticated");
        isError(send("POST", "/authentication", "{}"), 400, "'email' is required");
        isError(send("POST", "/authentication", "{\"email\":\"x\",\"strategy\":\"local\"}"), 401, "Invalid login");
        isError(send("POST", "/api/v1/authentication", "{}"), 404, "Page not found");
        isError(send("GET", "/api/v1/patterns/99", ""), 404, "No record found for id '99'");
    }
}
