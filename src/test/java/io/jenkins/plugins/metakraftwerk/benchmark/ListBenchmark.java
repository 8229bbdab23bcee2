package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.form.StepForm;
import java.net.URL;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The drop-down list of ten thousand patterns. */
@WithJenkins
class ListBenchmark {

    private static final int PATTERNS = 10_000;
    private static final int ROUNDS = 20;

    @Test
    void tenThousandPatterns(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start();
                JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            new Workbench(jenkins, server);
            URL url = new URL(browser.getContextPath() + "descriptorByName/" + StepForm.InScript.class.getName()
                    + "/fillDeploymentItems");
            // Another list first, to load classes; the patterns are then asked for once.
            fill(browser, url);
            server.patterns(PATTERNS);
            server.reset();
            URL patterns = new URL(url.toString().replace("Deployment", "Pattern"));
            long before = Figures.usedHeap();
            String[] answer = new String[1];
            double first = Figures.medianSeconds(1, () -> answer[0] = fill(browser, patterns));
            double later = Figures.medianSeconds(ROUNDS, () -> fill(browser, patterns));
            int bytes = answer[0].length();
            int entries =
                    JSONObject.fromObject(answer[0]).getJSONArray("values").size();
            answer[0] = null;
            long after = Figures.usedHeap();
            new Figures("A list of " + PATTERNS + " patterns")
                    .add("first time, seconds", "%.2f", first)
                    .add("from the cache, seconds (median of " + ROUNDS + ")", "%.3f", later)
                    .add("answer to the browser, KiB", "%d", bytes / 1024)
                    .add("more heap in use while the list is kept, KiB", "%d", (after - before) / 1024)
                    .add("requests to the server", "%d", server.seen(0, 0).requests())
                    .print();
            assertThat(entries).isGreaterThan(PATTERNS);
            assertThat(server.seen(0, 0).requests()).isEqualTo(1);
        }
    }

    private static String fill(JenkinsRule.WebClient browser, URL url) throws Exception {
        WebRequest request = browser.addCrumb(new WebRequest(url, HttpMethod.POST));
        return browser.getPage(request).getWebResponse().getContentAsString();
    }
}
