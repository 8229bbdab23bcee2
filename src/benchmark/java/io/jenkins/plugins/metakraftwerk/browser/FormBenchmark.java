package io.jenkins.plugins.metakraftwerk.browser;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.metakraftwerk.benchmark.Figures;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The configuration page of a job with fifty build steps in Chromium, until it is idle. */
class FormBenchmark {

    private static final int STEPS = 50;
    private static final int LOADS = 7;
    private static final int MOST_LISTS = 10;
    private static final double MOST_RATIO = 1.6;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void fiftySteps() throws Exception {
        PageLoad.watch(BROWSER);
        String shells = job(i -> new Shell("true"));
        String deployments = job(FormBenchmark::builder);
        PageLoad.measure(BROWSER, shells);
        PageLoad.measure(BROWSER, deployments);
        List<PageLoad> ofShells = new ArrayList<>();
        List<PageLoad> ofDeployments = new ArrayList<>();
        for (int i = 0; i < LOADS; i++) {
            ofShells.add(PageLoad.measure(BROWSER, shells));
            ofDeployments.add(PageLoad.measure(BROWSER, deployments));
        }
        double ratio = seconds(ofDeployments) / seconds(ofShells);
        Figures figures = new Figures("The form of a job with " + STEPS + " build steps, in Chromium until it is idle");
        add(figures, "shell", ofShells);
        add(figures, "MetaKraftwerk", ofDeployments);
        figures.add("ratio of the medians", "%.2f", ratio).print();
        assertThat(ofDeployments.get(0).lists()).isLessThanOrEqualTo(MOST_LISTS);
        assertThat(ratio).isLessThanOrEqualTo(MOST_RATIO);
    }

    private static void add(Figures figures, String kind, List<PageLoad> loads) {
        PageLoad last = loads.get(loads.size() - 1);
        figures.add("'" + kind + "', seconds (median of " + LOADS + ")", "%.2f", seconds(loads))
                .add("'" + kind + "', HTML, KiB", "%d", last.html() / 1024)
                .add("'" + kind + "', requests", "%d", last.requests().size())
                .add("'" + kind + "', of these for lists", "%d", last.lists())
                .add("'" + kind + "', of these for checks", "%d", last.checks());
    }

    private static double seconds(List<PageLoad> loads) {
        return Figures.median(loads.stream().map(PageLoad::seconds).toList());
    }

    private static String job(IntFunction<Builder> step) throws Exception {
        FreeStyleProject job = SHARED.jenkins().createFreeStyleProject();
        for (int i = 0; i < STEPS; i++) {
            job.getBuildersList().add(step.apply(i));
        }
        return SHARED.jenkins().getURL() + job.getUrl() + "configure";
    }

    private static DeployBuilder builder(int number) {
        DeployBuilder builder = new DeployBuilder(String.valueOf(StandInDefaults.FINISHED_BUILD + number));
        builder.setPattern(StandInDefaults.PATTERN);
        builder.setDeployment(StandInDefaults.DEV);
        builder.setAgentGroup(StandInDefaults.AGENT_GROUP);
        return builder;
    }
}
