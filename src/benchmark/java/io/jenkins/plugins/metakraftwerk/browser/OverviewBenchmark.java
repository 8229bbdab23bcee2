package io.jenkins.plugins.metakraftwerk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.history.Past;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;

/** The overview of a thousand targets in Chromium, until it is idle with its last row. */
class OverviewBenchmark {

    private static final int PATTERNS = 250;
    private static final int JOBS = 5;
    private static final int LOADS = 5;
    private static final int TARGETS = 4 * PATTERNS;
    private static final String ANSWER = "return performance.getEntriesByType('navigation')[0].responseEnd";
    private static final double MOST_SECONDS = 1.5;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void aThousandTargets() throws Exception {
        for (int job = 0; job < JOBS; job++) {
            FreeStyleProject app = SHARED.jenkins().createFreeStyleProject("job-" + job);
            for (int i = job; i < PATTERNS; i += JOBS) {
                Past past = Past.forJob(app).pattern("CORE_DV_PATTERN_" + (1000 + i), 1000L + i);
                for (int j = 1; j <= 4; j++) {
                    past.created("DEPLOY_TO_" + j, 10_000 + 10 * i + j, 5_000 + i - j % 3, 100_000 + 10 * i + j);
                }
            }
        }
        PageLoad.watch(BROWSER);
        BROWSER.driver().manage().window().setSize(new Dimension(1280, 900));
        String url = SHARED.jenkins().getURL() + "metakraftwerk/";
        for (int i = 0; i < LOADS; i++) {
            PageLoad.measure(BROWSER, url);
        }
        List<PageLoad> loads = new ArrayList<>();
        List<Double> answers = new ArrayList<>();
        for (int i = 0; i < LOADS; i++) {
            loads.add(PageLoad.measure(BROWSER, url));
            answers.add(((Number) BROWSER.driver().executeScript(ANSWER)).doubleValue() / 1000);
            assertThat(BROWSER.driver()
                            .executeScript("return document.querySelectorAll('.metakraftwerk-overview__target').length"))
                    .isEqualTo((long) TARGETS);
        }
        long before = height();
        BROWSER.driver().executeScript("window.scrollTo(0, document.scrollingElement.scrollHeight)");
        BROWSER.visible(By.xpath("//tr[contains(., 'CORE_DV_PATTERN_" + (999 + PATTERNS) + "')]"));
        double data = Figures.medianSeconds(LOADS, () -> DeploymentHistory.targets(Jenkins.get()));
        double seconds = Figures.median(loads.stream().map(PageLoad::seconds).toList());
        new Figures("The overview of " + TARGETS + " targets, in Chromium until it is idle")
                .add("seconds (median of " + LOADS + ")", "%.2f", seconds)
                .add("until its HTML is there, seconds (median of " + LOADS + ")", "%.2f", Figures.median(answers))
                .add("its data, seconds (median of " + LOADS + ")", "%.3f", data)
                .add("HTML, KiB", "%d", loads.get(0).html() / 1024)
                .add("pixels high", "%d", before)
                .print();
        assertThat(height()).as("It does not jump when somebody scrolls").isEqualTo(before);
        assertThat(seconds).isLessThanOrEqualTo(MOST_SECONDS);
    }

    private static long height() {
        return (Long) BROWSER.driver().executeScript("return document.scrollingElement.scrollHeight");
    }
}
