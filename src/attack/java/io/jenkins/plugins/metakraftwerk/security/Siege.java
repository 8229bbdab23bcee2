package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsSessions;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.form.FormLimits;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.standin.StandInDefaults;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A Jenkins in which somebody deploys, somebody else attacks, and all is well afterwards, also after a restart. Of what is
 * there, the attacker may see only what the attack gives.
 */
final class Siege implements BeforeEachCallback, AfterEachCallback {

    /** What an attacker does. */
    interface Assault {
        void on(JenkinsRule jenkins, Setup.Rights rights) throws Exception;
    }

    /** 11 MiB: more than a file of the audit log has room for. */
    static final String HUGE = "x".repeat(11 * 1024 * 1024);

    /** The job of somebody else. */
    static final String VICTIM = "quiet-harbour";

    private static final String OWNER = "alice-of-the-harbour";

    /** Jobs that the server lends to beside it. */
    static final String LENT = "lent";

    private final JenkinsSessions sessions = new JenkinsSessions();

    StandInServer server() {
        return sessions.server();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        sessions.beforeEach(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        sessions.afterEach(context);
    }

    /** What nobody may learn who may not read the job. */
    private List<String> secrets() {
        return List.of(VICTIM, OWNER, Setup.TOKEN_ID, server().token());
    }

    void run(Assault assault) throws Throwable {
        sessions.then(jenkins -> {
            lend();
            MetaKraftwerkGlobalConfiguration.get().setRetrySeconds(2);
            deploy(jenkins);
            Aftermath.rememberHeap(jenkins);
            assault.on(jenkins, Setup.secure(jenkins));
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            server().clearFaults();
            // Entries follow the jobs that they name.
            lend();
            Aftermath.assertPoolsWork();
            Aftermath.assertFilesAreBounded(jenkins);
            deploy(jenkins);
            Aftermath.assertAudited(VICTIM, 2);
            // Lets go of jobs, and with them of their builds, which Jenkins itself holds as long as there is room: a build has
            // the errors of its steps, in which Jenkins quotes what a script gave them. The plugin goes on with what it holds.
            jenkins.jenkins.reload();
            FormLimits.wide();
            Aftermath.assertHeapIsBounded(jenkins);
        });
        sessions.then(jenkins -> {
            Aftermath.assertPoolsWork();
            Aftermath.assertFilesAreBounded(jenkins);
            deploy(jenkins);
            Aftermath.assertAudited(VICTIM, 3);
            jenkins.createWebClient().goTo(((WorkflowJob) jenkins.jenkins.getItem(VICTIM)).getUrl() + "metakraftwerk/");
        });
    }

    private void lend() {
        Setup.servers(Setup.restricted(Setup.SERVER, server().url(), Setup.TOKEN_ID, VICTIM, LENT));
    }

    /** Somebody else deploys, as ever. */
    private static void deploy(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = (WorkflowJob) Jenkins.get().getItem(VICTIM);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, VICTIM);
            job.setDefinition(new CpsFlowDefinition(
                    "mkDeploy buildId: 5139, pattern: '" + StandInDefaults.PATTERN + "', deployment: '"
                            + StandInDefaults.DEV + "'",
                    true));
        }
        jenkins.assertBuildStatus(
                Result.SUCCESS,
                job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause(OWNER))));
    }

    /**
     * The build that an attacker's script makes, whatever becomes of it. Jenkins is spared to write its whole program,
     * texts of 11 MiB and all, before and after each step.
     */
    static void script(JenkinsRule jenkins, Attacker attacker, WorkflowJob job, String script) throws Exception {
        if (job.getProperty(DurabilityHintJobProperty.class) == null) {
            job.addProperty(new DurabilityHintJobProperty(FlowDurabilityHint.PERFORMANCE_OPTIMIZED));
        }
        job.setDefinition(new CpsFlowDefinition(script, true));
        var build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForCompletion(build);
        attacker.read(build);
    }

    void assertToldNothing(Attacker... attackers) throws IOException {
        for (Attacker attacker : attackers) {
            assertNotTold(attacker, secrets());
        }
    }

    /** Whoever configures an item chooses among all credentials that there are for it, as in every form of Jenkins. */
    void assertToldOnlyWhichCredentialsThereAre(Attacker attacker) throws IOException {
        assertNotTold(
                attacker,
                secrets().stream().filter(secret -> !secret.equals(Setup.TOKEN_ID)).toList());
    }

    private static void assertNotTold(Attacker attacker, List<String> secrets) throws IOException {
        assertThat(attacker.wasTold(secrets))
                .as("what " + attacker.user() + " was told")
                .isNull();
    }
}
