package io.jenkins.plugins.metakraftwerk.form;

import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on a server that look as if there were build variables in them, in the lists of the forms. */
class DollarNamesTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject freestyle;
    private static WorkflowJob pipeline;

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void createJobs() throws Exception {
        freestyle = SHARED.jenkins().createFreeStyleProject("freestyle");
        pipeline = SHARED.jenkins().createProject(WorkflowJob.class, "pipeline");
    }

    @BeforeEach
    void addNames() {
        server.addPattern(71, "V$SESSION", null, null, true, false, false);
        server.addDeployment(72, 71, "TO_${ENV}");
        server.addAgentGroup(73, "5 $", null);
        Setup.removeSystemCredential(Setup.ACCOUNT_ID);
        Setup.removeSystemCredential(Setup.TOKEN_ID);
        Setup.systemCredential(Setup.secretText("team$prod", server.token()));
        Setup.servers(Setup.server("main", server.url(), "team$prod"), Setup.server("a$b", server.url(), null));
    }

    private static WebCall fill(Item item, Class<?> form, String field) {
        return WebCall.create(SHARED.jenkins(), item.getUrl(), form, "fill" + field + "Items");
    }

    private static WebCall freestyle(String field) {
        return fill(freestyle, StepForm.InJob.class, field);
    }

    private static WebCall inPipeline(String field) {
        return fill(pipeline, StepForm.InScript.class, field);
    }

    @Test
    void aNameWithADollarIsStoredSoThatItMeansItself() throws Exception {
        assertThat(freestyle("Pattern").entries())
                .containsEntry("V$$SESSION", "V$SESSION")
                .doesNotContainKey("V$SESSION");
        assertThat(freestyle("Deployment").with("pattern", "V$$SESSION").entries())
                .containsOnlyKeys("TO_$${ENV}");
        assertThat(freestyle("AgentGroup").entries()).containsEntry("5 $$", "5 $");
        assertThat(freestyle("Server").entries()).containsEntry("a$$b", "a$b");
        assertThat(freestyle("CredentialsId")
                        .with("storedCredentialsId", "team$$prod")
                        .entries())
                .containsOnlyKeys("", "team$$prod");
        assertThat(freestyle("Pattern")
                        .with("server", "a$$b")
                        .with("credentialsId", "team$$prod")
                        .entries())
                .containsKey(PATTERN);
    }

    @Test
    void inAPipelineADollarIsOneSinceGroovyReplacesVariables() throws Exception {
        assertThat(inPipeline("Pattern").entries())
                .containsEntry("V$SESSION", "V$SESSION")
                .doesNotContainKey("V$$SESSION");
        assertThat(inPipeline("Deployment").with("pattern", "V$SESSION").entries())
                .containsOnlyKeys("TO_${ENV}");
        assertThat(inPipeline("Server").entries()).containsEntry("a$b", "a$b");
        assertThat(inPipeline("CredentialsId")
                        .with("storedCredentialsId", "team$prod")
                        .entries())
                .containsOnlyKeys("", "team$prod");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${X}", "$X", "a$X"})
    void aServerOrCredentialThatIsAVariableHasNoLists(String variable) throws Exception {
        String reason = "The server or the credential is a variable";
        assertThat(freestyle("Pattern").with("server", variable).failure()).contains(reason);
        assertThat(freestyle("AgentGroup").with("credentialsId", variable).failure())
                .contains(reason);
        assertThat(server.requests()).isEmpty();
    }
}
