package io.jenkins.plugins.metakraftwerk.history;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import java.net.URI;
import java.net.http.*;

class SpeedTest {
    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @Test
    void speed() throws Exception {
        FreeStyleProject[] jobs = new FreeStyleProject[50];
        for (int i = 0; i < 50; i++) jobs[i] = SHARED.jenkins().createFreeStyleProject("job" + i);
        int record = 1;
        for (int p = 0; p < 250; p++)
            for (int d = 0; d < 4; d++)
                Past.of(jobs[p % 50]).pattern("PATTERN_" + p, 1000L + p).created("DEPLOY_" + d, 10000 + 4 * p + d, 5000 + d, record++);
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 15; i++) {
            long begin = System.nanoTime();
            String body = client.send(HttpRequest.newBuilder(URI.create(SHARED.jenkins().getURL() + "metakraftwerk/")).build(), HttpResponse.BodyHandlers.ofString()).body();
            System.out.println("SPEED " + (System.nanoTime() - begin) / 1_000_000 + " ms " + body.length());
        }
    }
}
