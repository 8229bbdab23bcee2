package io.jenkins.plugins.metakraftwerk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import hudson.tasks.Shell;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.function.Supplier;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration page of a job with fifty build steps. */
@WithJenkins
class PageBenchmark {

    private static final int STEPS = 50;
    private static final int ROUNDS = 5;
    private static final long SETTLED_MILLIS = 120_000;

    @Test
    void fiftySteps(JenkinsRule jenkins) throws Exception {
        try (StandInProcess server = StandInProcess.start()) {
            new Workbench(jenkins, server);
            FreeStyleProject shells = project(jenkins, "shells", () -> new Shell("true"));
            FreeStyleProject deployments = project(jenkins, "deployments", PageBenchmark::builder);
            render(jenkins, shells);
            render(jenkins, deployments);
            server.reset();
            double shell = Figures.medianSeconds(ROUNDS, () -> render(jenkins, shells));
            double deployment = Figures.medianSeconds(ROUNDS, () -> render(jenkins, deployments));
            int rendering = server.seen(0, 0).requests();

            double shellInBrowser = Figures.medianSeconds(1, () -> open(jenkins, shells));
            double deploymentInBrowser = Figures.medianSeconds(1, () -> open(jenkins, deployments));
            int opening = server.seen(0, 0).requests() - rendering;
            new Figures("The configuration page of a job with " + STEPS + " build steps")
                    .add("to render, 'shell', seconds (median of " + ROUNDS + ")", "%.3f", shell)
                    .add("to render, 'MetaKraftwerk', seconds (median of " + ROUNDS + ")", "%.3f", deployment)
                    .add("ratio", "%.2f", deployment / shell)
                    .add("requests to the server while rendering", "%d", rendering)
                    .add("in HtmlUnit with all lists filled, 'shell', seconds", "%.1f", shellInBrowser)
                    .add("in HtmlUnit with all lists filled, 'MetaKraftwerk', seconds", "%.1f", deploymentInBrowser)
                    .add("requests to the server for all lists", "%d", opening)
                    .print();
            assertThat(rendering).isZero();
            // One for the patterns, one for the deployments of the one pattern, one for the agent groups.
            assertThat(opening).isEqualTo(3);
        }
    }

    private static FreeStyleProject project(JenkinsRule jenkins, String name, Supplier<Builder> builder)
            throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject(name);
        for (int i = 0; i < STEPS; i++) {
            project.getBuildersList().add(builder.get());
        }
        return project;
    }

    private static DeployBuilder builder() {
        DeployBuilder builder = new DeployBuilder(String.valueOf(StandInDefaults.FINISHED_BUILD));
        builder.setPattern(StandInDefaults.PATTERN);
        builder.setDeployment(StandInDefaults.DEV);
        builder.setAgentGroup(StandInDefaults.AGENT_GROUP);
        return builder;
    }

    private static HtmlPage render(JenkinsRule jenkins, FreeStyleProject project) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            return browser.getPage(project, "configure");
        }
    }

    private static int open(JenkinsRule jenkins, FreeStyleProject project) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.getPage(project, "configure");
            int running = browser.waitForBackgroundJavaScript(SETTLED_MILLIS);
            return running;
        }
    }
}
