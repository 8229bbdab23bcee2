package io.jenkins.plugins.metakraftwerk.benchmark;

import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins that is set up for a stand-in server in another process, and Pipelines to run in it. */
final class Workbench {

    private final JenkinsRule jenkins;
    private int jobs;

    Workbench(JenkinsRule jenkins, StandInProcess server) {
        this.jenkins = jenkins;
        Setup.standIn(server.url(), server.token());
    }

    /** The step for a build whose id is an expression of the script. */
    static String step(String build, String more) {
        return "mkDeploy buildId: " + build + ", pattern: '" + StandInDefaults.PATTERN + "', deployment: '"
                + StandInDefaults.DEV + "'" + more;
    }

    /** Runs a body so many times, each with a number {@code i} of its own. */
    static String loop(int times, String body) {
        return "for (int i = 0; i < " + times + "; i++) { " + body + " }";
    }

    /** Runs a body in this many branches at once, each with a number {@code n} of its own. */
    static String parallel(int branches, long first, String body) {
        return "def branches = [:]\n"
                + "for (int i = 0; i < " + branches + "; i++) { long n = " + first + "L + i; branches['b' + n] = { "
                + body + " } }\n"
                + "parallel branches\n";
    }

    WorkflowRun run(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "job-" + ++jobs);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
    }

    /** Seconds from the start of the build to its end, as Jenkins notes them. */
    double seconds(String script) throws Exception {
        double seconds = run(script).getDuration() / 1000.0;
        System.out.printf("%.1f s%n", seconds);
        return seconds;
    }
}
