package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Items;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.metakraftwerk.builds.BuildFinishedTrigger;
import io.jenkins.plugins.metakraftwerk.builds.BuildParameterDefinition;
import io.jenkins.plugins.metakraftwerk.fixture.OurFiles;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.history.DeploymentHistory;
import io.jenkins.plugins.metakraftwerk.run.BuildDeploymentsAction;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkFolderProperty;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkServer;
import io.jenkins.plugins.metakraftwerk.server.ServerCredential;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlForm;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Whoever types, stores or runs a text without end is refused before any of it is kept; what was stored so still loads. */
class LongTextsTest {

    private static final String LONG = "x".repeat(2_000);
    private static final String REFUSED = "credentialsId is longer than 255 characters";
    private static final String DEPLOY = "mkDeploy buildId: 5139, pattern: 'CORE_DV_HLS', deployment: 'DEPLOY_TO_DEV'";

    /** The longest line that any of our files may have. */
    private static final int LINE = 16 * 1024;

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @TempDir
    private Path directory;

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private WorkflowJob pipeline(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** All lines that the plugin keeps, wherever. */
    private static List<String> lines() throws IOException {
        return OurFiles.all().stream().flatMap(LongTextsTest::lines).toList();
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void nothingIsKeptOf(Run<?, ?> run) throws Exception {
        assertThat(run.getAction(BuildDeploymentsAction.class)).isNull();
        assertThat(DeploymentHistory.targets(run.getParent())).isEmpty();
        String name = run.getParent().getName();
        assertThat(lines())
                .noneMatch(line -> line.contains("xxxxxxxx"))
                .noneMatch(line -> line.contains("@" + name + "#") || line.contains('"' + name + '"'));
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aSandboxedScriptCannotFillTheAuditLog() throws Exception {
        WorkflowJob job = pipeline("String b = 'x' * (11 * 1024 * 1024)\n" + "for (i in 1..3) { try { " + DEPLOY
                + ", credentialsId: b } catch (e) { echo e.message } }");
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        assertThat(JenkinsRule.getLog(run).split(REFUSED, -1)).hasSize(4);
        nothingIsKeptOf(run);
    }

    @ParameterizedTest
    @CsvSource({
        "server, 100",
        "credentialsId, 255",
        "pattern, 1000",
        "deployment, 1000",
        "agent, 1000",
        "agentGroup, 1000"
    })
    void eachArgumentHasAnEnd(String argument, int most) throws Exception {
        String fields = "buildId: 5139, patternId: 11, deploymentId: 21".replace(argument + "Id", "projectId");
        Run<?, ?> run = jenkins.buildAndAssertStatus(
                Result.FAILURE, pipeline("mkDeploy " + fields + ", " + argument + ": 'x' * " + (most + 1)));
        assertThat(JenkinsRule.getLog(run)).contains(argument + " is longer than " + most + " characters");
        nothingIsKeptOf(run);
    }

    /** What Pipeline keeps of a step that failed is its exception, message and all. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[('x' * (1024 * 1024)): 1]", "(1..10000).collectEntries { [\"xxxxxxxx${it}\".toString(), it] }"
            })
    void argumentsThatThereAreNotAreQuotedInPart(String arguments) throws Exception {
        WorkflowJob job = pipeline("try { mkDeploy(" + arguments + ") } catch (e) {"
                + " echo e.message.take(50)\necho \"is ${e.message.length()} long\" }");
        String log = JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job));
        assertThat(log).contains("mkDeploy has no argument 'xxxxxxxx");
        assertThat(log).containsPattern("is \\d{1,4} long");
    }

    @Test
    void theNameOfABuildIsKeptInPart() throws Exception {
        WorkflowJob job = pipeline("currentBuild.displayName = 'n' * (1024 * 1024)\n" + DEPLOY);
        Run<?, ?> run = jenkins.buildAndAssertSuccess(job);
        assertThat(DeploymentHistory.targets(job))
                .singleElement()
                .satisfies(line -> assertThat(line.now().fullDisplayName())
                        .hasSizeLessThanOrEqualTo(255)
                        .contains("nnnn"));
        assertThat(lines()).noneMatch(line -> line.length() > LINE);
        assertThat(run.getAction(BuildDeploymentsAction.class)).isNotNull();
    }

    private static DeployBuilder builder() {
        DeployBuilder builder = new DeployBuilder("5139");
        builder.setPattern("CORE_DV_HLS");
        builder.setDeployment("DEPLOY_TO_DEV");
        return builder;
    }

    @Test
    void whoMayOnlyBuildCannotEither() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("CRED", "")));
        DeployBuilder builder = builder();
        builder.setCredentialsId("${CRED}");
        job.getBuildersList().add(builder);
        String text = "x".repeat(1024 * 1024);
        Run<?, ?> run = jenkins.assertBuildStatus(
                Result.FAILURE, job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("CRED", text))));
        assertThat(JenkinsRule.getLog(run)).contains("is longer than 255 characters");
        nothingIsKeptOf(run);
    }

    @Test
    void aStoredJobLoadsAndIsRefusedWhenItRunsAndWhenItIsSaved() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        DeployBuilder builder = builder();
        builder.setCredentialsId("REPLACED");
        job.getBuildersList().add(builder);
        String xml = job.getConfigFile().asString().replace("REPLACED", LONG);
        job.updateByXml((Source) new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        assertThat(job.getBuildersList().get(DeployBuilder.class).getCredentialsId())
                .isEqualTo(LONG);

        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(run)).contains("is longer than 255 characters");
        nothingIsKeptOf(run);

        HtmlForm form = jenkins.createWebClient().getPage(job, "configure").getFormByName("config");
        assertThatThrownBy(() -> jenkins.submit(form))
                .isInstanceOfSatisfying(
                        FailingHttpStatusCodeException.class,
                        refused -> assertThat(refused.getResponse().getContentAsString())
                                .contains("is longer than 255 characters"));
        assertThat(job.getBuildersList().get(DeployBuilder.class).getCredentialsId())
                .isEqualTo(LONG);
    }

    @Test
    void settersRefuse() {
        assertThatThrownBy(() -> builder().setCredentialsId(LONG)).hasMessageContaining(REFUSED);
        assertThatThrownBy(() -> new BuildFinishedTrigger("").setUser(LONG)).hasMessageContaining("user is longer");
        assertThatThrownBy(() -> new BuildFinishedTrigger("").setCredentialsId(LONG))
                .hasMessageContaining(REFUSED);
        assertThatThrownBy(() -> new BuildParameterDefinition("B").setServer(LONG))
                .hasMessageContaining("server is longer than 100 characters");
        assertThatThrownBy(() -> new ServerCredential("s", LONG)).hasMessageContaining(REFUSED);
        assertThatThrownBy(() -> new MetaKraftwerkFolderProperty().setDefaultServer(LONG))
                .hasMessageContaining("defaultServer is longer than 100 characters");
    }

    @Test
    void whatIsStoredLoads() throws Exception {
        for (Object stored : List.of(
                new BuildParameterDefinition("REPLACED"),
                new ServerCredential("REPLACED", "REPLACED"),
                new MetaKraftwerkServer("REPLACED", "https://a"))) {
            String xml = Items.XSTREAM2.toXML(stored).replace("REPLACED", LONG);
            assertThat(Items.XSTREAM2.toXML(Items.XSTREAM2.fromXML(xml))).contains(LONG);
        }
        BuildParameterDefinition parameter = new BuildParameterDefinition("B");
        parameter.setServer("REPLACED");
        BuildParameterDefinition loaded = (BuildParameterDefinition)
                Items.XSTREAM2.fromXML(Items.XSTREAM2.toXML(parameter).replace("REPLACED", LONG));
        assertThat(((BuildParameterDefinition) loaded.copyWithDefaultValue(new StringParameterValue("B", "1")))
                        .getServer())
                .isEqualTo(LONG);
    }

    @Test
    void aFolderIsRefusedWhenItIsUsed() throws Exception {
        Folder folder = jenkins.createProject(Folder.class);
        Setup.inFolder(folder, null, new ServerCredential(Setup.SERVER, "REPLACED"));
        String xml = folder.getConfigFile().asString().replace("REPLACED", LONG);
        folder.updateByXml((Source) new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        WorkflowJob job = folder.createProject(WorkflowJob.class, "job");
        job.setDefinition(new CpsFlowDefinition(DEPLOY, true));
        Run<?, ?> run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(run)).contains(REFUSED);
        assertThat(run.getAction(BuildDeploymentsAction.class)).isNull();
    }

    @Test
    void aConfigurationAsCodeIsRefused() throws Exception {
        for (String server : List.of(
                "{name: " + LONG + ", url: 'https://a'}",
                "{name: a, url: 'https://a', credentialsId: " + LONG + "}",
                "{name: a, url: 'https://a', frozen: " + LONG + "}",
                "{name: a, url: 'https://" + LONG + "'}")) {
            Path file = Files.writeString(
                    directory.resolve("jenkins.yaml"), "unclassified: {metaKraftwerk: {servers: [" + server + "]}}");
            assertThatThrownBy(() -> ConfigurationAsCode.get().configure(file.toString()))
                    .rootCause()
                    .hasMessageContaining("longer than");
        }
        assertThat(MetaKraftwerkGlobalConfiguration.get().getServers())
                .extracting(MetaKraftwerkServer::getName)
                .containsExactly(Setup.SERVER);
    }
}
