package io.jenkins.plugins.metakraftwerk.benchmark;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A Jenkins that is set up for a stand-in server in another process, and Pipelines to run in it. */
final class Workbench {

    static final String CREDENTIAL = "token";

    private final JenkinsRule jenkins;
    private int jobs;

    Workbench(JenkinsRule jenkins, StandInProcess server) throws Exception {
        this.jenkins = jenkins;
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, CREDENTIAL, null, Secret.fromString(server.token())));
        credentials.save();
        MetaKraftwerkServer configured = new MetaKraftwerkServer("bench", server.url());
        configured.setCredentialsId(CREDENTIAL);
        MetaKraftwerkGlobalConfiguration.get().setServers(List.of(configured));
    }

    /** The step for a build whose id is an expression of the script. */
    static String step(String build, String more) {
        return "mkDeploy buildId: " + build + ", pattern: '" + StandInDefaults.PATTERN + "', deployment: '"
                + StandInDefaults.DEV + "'" + more;
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
