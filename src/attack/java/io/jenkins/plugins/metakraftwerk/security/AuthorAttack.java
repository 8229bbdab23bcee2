package io.jenkins.plugins.metakraftwerk.security;

import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * Who writes the script of a job that nothing is lent to: with Job/Configure, Run/Replay, or the right to push to a branch
 * that is built.
 */
class AuthorAttack {

    /** In a script, since a literal of that size is none. */
    private static final String B = "String b = 'x' * (11 * 1024 * 1024)\n";

    private static final String TARGET = "pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    @RegisterExtension
    final Siege siege = new Siege();

    private Attacker author;

    /** The job; no field has it, since it would hold its builds when Jenkins has let go of it. */
    private WorkflowJob begin(JenkinsRule jenkins, Setup.Rights rights) throws Exception {
        author = new Attacker(jenkins, "author");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "authors");
        rights.let("author", Jenkins.READ);
        rights.grant(Item.READ, Item.CONFIGURE, Item.BUILD).onItems(job).to("author");
        return job;
    }

    private void reads(WorkflowJob job) throws Exception {
        for (String page : new String[] {"", "metakraftwerk/", "metakraftwerk/api/json", "api/json?depth=2", "config.xml"}) {
            author.get(job.getUrl() + page);
        }
        author.get("metakraftwerk/");
        author.get("metakraftwerk/api/json");
        siege.assertToldNothing(author);
    }

    @Test
    void hugeTextsInEachArgumentOfEachStep() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = begin(jenkins, rights);
            for (String call : new String[] {
                "mkDeploy buildId: 1, " + TARGET + ", server: 'stand-in', credentialsId: b",
                "mkDeploy buildId: b, " + TARGET + ", server: 'stand-in'",
                "mkDeploy buildId: 1, pattern: b, deployment: 'D', server: 'stand-in'",
                "mkDeploy buildId: 1, pattern: 'P', deployment: b, server: 'stand-in'",
                "mkDeploy buildId: 1, " + TARGET + ", server: 'stand-in', agent: b",
                "mkDeploy buildId: 1, " + TARGET + ", server: 'stand-in', agentGroup: b",
                "mkDeploy buildId: 1, " + TARGET + ", server: b",
                "mkDeploy([(b): 1])",
                "mkCheckDeployment buildId: 1, pattern: b, deployment: b, credentialsId: b",
                "mkFindDeployments pattern: b, deployment: b, credentialsId: b",
                "mkFindBuilds pattern: b, project: b, user: b, credentialsId: b",
                "mkGetBuild id: b, credentialsId: b",
                "mkGetDeployment id: b, credentialsId: b",
                "mkDeployed pattern: b, deployment: b"
            }) {
                Siege.script(
                        jenkins, author, job, B + "for (int i = 1; i <= 11; i++) { try { " + call + " } catch (e) { e = null } }");
            }
            reads(job);
        });
    }

    @Test
    void tenThousandCalls() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = begin(jenkins, rights);
            Siege.script(
                    jenkins,
                    author,
                    job,
                    "for (int i = 1; i <= 10000; i++) { try { mkDeploy buildId: i, " + TARGET
                            + ", server: 'stand-in' } catch (e) { e = null } }");
            reads(job);
        });
    }

    @Test
    void hugeNamesOfTheBuildItself() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = begin(jenkins, rights);
            Siege.script(
                    jenkins,
                    author,
                    job,
                    B + "currentBuild.displayName = b\ncurrentBuild.description = b\n"
                            + "for (int i = 1; i <= 11; i++) { try { mkDeploy buildId: 1, " + TARGET
                            + ", server: 'stand-in' } catch (e) { e = null } }");
            reads(job);
        });
    }

    @Test
    void hugeTextsInTriggerAndParameter() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = begin(jenkins, rights);
            for (String property : new String[] {
                "pipelineTriggers([metaKraftwerkBuildFinished(spec: 'H/5 * * * *', pattern: b, project: b, user: b)])",
                "pipelineTriggers([metaKraftwerkBuildFinished(spec: 'H/5 * * * *', server: b, credentialsId: b)])",
                "pipelineTriggers([metaKraftwerkBuildFinished(spec: 'H/5 * * * *', parameter: b)])",
                "parameters([metaKraftwerkBuild(name: 'MK_BUILD', pattern: b, project: b, credentialsId: b)])"
            }) {
                Siege.script(jenkins, author, job, B + "properties([" + property + "])");
                Siege.script(jenkins, author, job, "echo 'done'");
            }
            reads(job);
        });
    }

    /** Also after the job that deployed was deleted. */
    @Test
    void whatOthersDeployed() throws Throwable {
        siege.run((jenkins, rights) -> {
            WorkflowJob job = begin(jenkins, rights);
            String ask = "def d = mkDeployed(" + TARGET + ")\n"
                    + "if (d) { for (p in ['job', 'url', 'users', 'reason', 'credentialsId', 'number', 'server']) {"
                    + " try { echo \"${p}: ${d[p]}\" } catch (e) { e = null } } }\necho \"${d}\"";
            Siege.script(jenkins, author, job, ask);
            reads(job);
            WorkflowJob copy = (WorkflowJob) jenkins.jenkins.getItem(Siege.VICTIM);
            copy.renameTo(Siege.LENT);
            jenkins.buildAndAssertSuccess(copy);
            copy.delete();
            Siege.script(jenkins, author, job, ask);
            reads(job);
        });
    }
}
