package io.jenkins.plugins.metakraftwerk.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The button 'Check now'. */
class CheckNowButtonTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static FreeStyleProject job;

    private final StandInServer server = SHARED.server();

    @BeforeAll
    static void secure() throws Exception {
        job = SHARED.jenkins().createFreeStyleProject("job");
        Setup.secure(SHARED.jenkins())
                .let("admin", Jenkins.ADMINISTER)
                .let("user looker", Jenkins.READ, Item.READ)
                .let("looker", Item.EXTENDED_READ)
                .let("user", CredentialsProvider.USE_ITEM);
    }

    private static WebCall bare(String place, Class<?> form) {
        return WebCall.create(SHARED.jenkins(), place, form, "checkNow").as("user");
    }

    private static WebCall check() {
        return bare(job.getUrl(), StepForm.InJob.class).with("buildId", "5139").with("pattern", "CORE_DV_HLS");
    }

    @Test
    void saysALineForEachThing() throws Exception {
        server.addBuildDeployment(5139, 11, 21, null, null);
        assertThat(check().with("deployment", "DEPLOY_TO_DEV")
                        .with("agentGroup", "NO<B>")
                        .text())
                .startsWith("<div class=\"ok\">Build 5139 is finished.</div><div class=\"ok\">")
                .contains("<div class=\"error\">There is no agent group &#039;NO&lt;B&gt;&#039; that")
                .contains("<div class=\"warning\">Build 5139 was deployed there already (build deployment 1).</div>");
        assertThat(server.requests()).allMatch(request -> request.method().equals("GET"));
    }

    @Test
    void takesTheBoxesIntoAccount() throws Exception {
        server.addBuildDeployment(5140, 11, 21, null, null);
        WebCall running = bare(job.getUrl(), StepForm.InScript.class)
                .with("buildId", "5140")
                .with("pattern", "CORE_DV_HLS")
                .with("deployment", "DEPLOY_TO_DEV")
                .with("skipIfDeployed", "true");
        assertThat(running.text()).contains("<div class=\"error\">Build 5140 is not finished.");
        assertThat(running.with("waitForBuild", "true").text())
                .contains("<div class=\"warning\">Build 5140 is not finished (BUILDING 40 %).")
                .contains("<div class=\"ok\">Build 5140 was deployed there already");
    }

    @Test
    void asksForWhatIsMissingByTheLabels() throws Exception {
        assertThat(check().text()).contains("Give either Deployment or Deployment id.");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"server, $SERVER, Server", "credentialsId, ${ID}, Credential"})
    void asksNothingWhereOnlyABuildKnowsWhomToAsk(String field, String value, String label) throws Exception {
        assertThat(check().with("deployment", "${TARGET}").with(field, value).text())
                .contains("Not checked: " + label + ", Deployment. Only a build knows the variables there.");
        assertThat(server.requests()).isEmpty();
    }

    private static WebCall ofAnyBuild(String deployment) {
        return bare(job.getUrl(), StepForm.InJob.class)
                .with("buildId", "${MK_BUILD}")
                .with("pattern", "CORE_DV_HLS")
                .with("deployment", deployment)
                .with("agentGroupId", "$GROUP");
    }

    @Test
    void checksWhatHasNoVariable() throws Exception {
        server.addBuildDeployment(5139, 11, 21, null, null);
        assertThat(ofAnyBuild("DEPLOY_TO_DEV").text())
                .isEqualTo("<div class=\"ok\">The pattern CORE_DV_HLS can be deployed.</div>"
                        + "<div class=\"ok\">The pattern CORE_DV_HLS has the deployment DEPLOY_TO_DEV.</div>"
                        + "<div class=\"ok\">Deployed there last: build 5139 (build deployment 1).</div>"
                        + "<div class=\"warning\">Not checked: Build id,"
                        + " Agent group id. Only a build knows the variables there. In a Pipeline, mkCheckDeployment"
                        + " checks that too.</div>");
        assertThat(server.requests()).noneMatch(request -> request.path().matches(".*(builds/|agent).*"));
        assertThat(check().with("deployment", "$TARGET").text())
                .contains(
                        "Build 5139 contains the pattern CORE_DV_HLS.",
                        "Not checked: Deployment. Only a build knows the variables there.")
                .doesNotContain("There is no deployment", "deployed there");
        assertThat(ofAnyBuild("NOWHERE").text())
                .contains("<div class=\"error\">There is no deployment", "Build id, Agent group id.");
        assertThat(bare(job.getUrl(), StepForm.InJob.class)
                        .with("buildId", "5139")
                        .with("pattern", "$P")
                        .with("deployment", "DEPLOY_TO_DEV")
                        .with("agent", "$A")
                        .text())
                .isEqualTo("<div class=\"ok\">Build 5139 is finished.</div><div class=\"warning\">Not checked: Pattern,"
                        + " Agent. Only a build knows the variables there. In a Pipeline, mkCheckDeployment checks that"
                        + " too.</div>");
    }

    @Test
    void aBuildThatIsNotThereIsOneLine() throws Exception {
        assertThat(bare(job.getUrl(), StepForm.InJob.class)
                        .with("buildId", "9999")
                        .with("pattern", "CORE_DV_HLS")
                        .with("deployment", "DEPLOY_TO_DEV")
                        .text()
                        .split("</div>"))
                .filteredOn(line -> line.contains("9999"))
                .containsExactly(
                        "<div class=\"error\">There is no build 9999 that the account of this credential can see.");
    }

    @Test
    void readsADollarSignAsTheBuildDoes() throws Exception {
        server.addDeployment(34, 11, "V$1");
        assertThat(check().with("deployment", "V$$1").text()).contains("CORE_DV_HLS has the deployment V$1.");
    }

    @Test
    void whoMayNotSpendTheCredentialIsToldSo() throws Exception {
        WebCall call = check().with("deployment", "DEPLOY_TO_DEV");
        assertThat(call.as("looker").text()).contains("error", "(Credentials/UseItem)");
        assertThat(bare("", StepForm.InScript.class).text()).contains("only administrators (Overall/Administer)");
        assertThat(server.requests()).isEmpty();
        assertThat(bare("", StepForm.InScript.class)
                        .as("admin")
                        .with("buildId", "5139")
                        .with("patternId", "11")
                        .with("deploymentId", "21")
                        .text())
                .contains("The pattern #11 has the deployment #21.");
    }

    @Test
    void aServerThatIsClosedToTheJob() throws Exception {
        MetaKraftwerkServer closed = Setup.restricted(Setup.SERVER, server.url(), Setup.TOKEN_ID, "somebody");
        closed.setFrozen("Month end");
        Setup.servers(closed);
        assertThat(check().with("deployment", "DEPLOY_TO_DEV").text())
                .contains("is frozen", "Month end", "does not lend its credential to &#039;job&#039;");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aServerThatCannotBeAsked() throws Exception {
        try (SilentPort nobody = new SilentPort()) {
            Setup.servers(Setup.server("main", nobody.url(), Setup.TOKEN_ID));
            assertThat(check().with("deployment", "DEPLOY_TO_DEV").text())
                    .contains("<div class=\"error\">main could not be reached: the connection was refused");
        }
        assertThat(check().with("deployment", "D").with("server", "none").text())
                .contains("There is no MetaKraftwerk server called &#039;none&#039;");
    }

    @Test
    void aServerThatDoesNotAnswerDoesNotHoldTheRequest() throws Exception {
        FormLimits.shortCalls();
        server.fault(request -> true, Integer.MAX_VALUE, Fault.delay(Duration.ofDays(1)));
        assertThat(check().with("deployment", "DEPLOY_TO_DEV").text()).contains("did not answer in time");
    }

    @Test
    void isKeptAsAListIs() throws Exception {
        AtomicLong now = new AtomicLong();
        FormLimits.cachesOf(now::get);
        WebCall well = check().with("deployment", "DEPLOY_TO_DEV");
        well.text();
        int once = server.requests().size();
        now.set(Duration.ofSeconds(59).toNanos());
        well.text();
        assertThat(server.requests()).hasSize(once);
        now.set(Duration.ofSeconds(60).toNanos());
        well.text();
        assertThat(server.requests()).hasSize(2 * once);

        server.clearRequests();
        WebCall wrong = check().with("deployment", "DEPLOY_TO_NOWHERE");
        wrong.text();
        wrong.text();
        assertThat(server.requests()).hasSize(once);
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        wrong.text();
        assertThat(server.requests()).hasSize(2 * once);
    }
}
