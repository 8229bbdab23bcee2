package io.jenkins.plugins.metakraftwerk.freestyle;

import static io.jenkins.plugins.metakraftwerk.fixture.Setup.ACCOUNT_ID;
import static io.jenkins.plugins.metakraftwerk.fixture.Setup.TOKEN_ID;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.AGENT_GROUP;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_DEPLOYMENT;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.HARD_PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.PATTERN;
import static io.jenkins.plugins.metakraftwerk.standin.StandInDefaults.TEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.metakraftwerk.client.SilentPort;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** The build step in the form of a freestyle job, and what is stored of it. */
class DeployBuilderFormTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private FreeStyleProject job;

    @BeforeEach
    void twoServersAndAJob() throws Exception {
        Setup.servers(Setup.server("main", server.url(), TOKEN_ID), Setup.server("spare", server.url(), TOKEN_ID));
        job = jenkins.createFreeStyleProject();
    }

    @AfterEach
    void deleteJob() throws Exception {
        job.delete();
    }

    private static DeployBuilder builder(Consumer<DeployBuilder> fields) {
        DeployBuilder builder = new DeployBuilder("5139");
        fields.accept(builder);
        return builder;
    }

    private Map<String, Object> afterRoundTrip(DeployBuilder before) throws Exception {
        job.getBuildersList().replaceBy(List.of(before));
        jenkins.configRoundtrip(job);
        return described(job.getBuildersList().get(DeployBuilder.class));
    }

    /** Every field that differs from its default; so the test knows of fields that it was not told of. */
    private static Map<String, Object> described(DeployBuilder builder) {
        return new TreeMap<>(
                DescribableModel.of(DeployBuilder.class).uninstantiate2(builder).getArguments());
    }

    @Test
    void everyFieldSurvivesTheForm() throws Exception {
        DeployBuilder byNames = builder(step -> {
            step.setPattern(PATTERN);
            step.setDeployment(TEST);
            step.setAgent("dev-agent-1");
            step.setAgentGroup(AGENT_GROUP);
            step.setServer("spare");
            step.setCredentialsId(ACCOUNT_ID);
            step.setSkipIfDeployed(true);
            step.setWaitForBuild(true);
            step.setWaitMinutes(7);
        });
        assertThat(afterRoundTrip(byNames)).hasSize(10).isEqualTo(described(byNames));

        DeployBuilder byIds = builder(step -> {
            step.setPatternId("11");
            step.setDeploymentId("22");
            step.setAgentId("51");
            step.setAgentGroupId("41");
        });
        assertThat(afterRoundTrip(byIds)).hasSize(5).isEqualTo(described(byIds));
    }

    @Test
    void minutesAreKeptWhereSomethingIsWaitedFor() throws Exception {
        DeployBuilder skips = builder(step -> {
            step.setSkipIfDeployed(true);
            step.setWaitMinutes(7);
        });
        assertThat(afterRoundTrip(skips)).hasSize(3).isEqualTo(described(skips));
        assertThat(afterRoundTrip(builder(step -> step.setWaitMinutes(7)))).containsOnlyKeys("buildId");
    }

    @Test
    void namesWithADollarSurviveTheForm() throws Exception {
        server.addPattern(71, "V$SESSION", null, null, true, false, false);
        for (String stored : List.of("V$$SESSION", "V$SESSION", "GONE$$1", "$VAR")) {
            DeployBuilder step = builder(fields -> fields.setPattern(stored));
            assertThat(afterRoundTrip(step)).hasSize(2).isEqualTo(described(step));
        }
    }

    @Test
    void fieldsThatAreLeftEmptyAreNotStored() throws Exception {
        assertThat(afterRoundTrip(new DeployBuilder("5139"))).containsExactly(entry("buildId", "5139"));
        assertThat(job.getConfigFile().asString()).doesNotContain("<pattern", "<agent", "<server", "<credentialsId");
    }

    @Test
    void valuesThatTheServerDoesNotKnowSurvive() throws Exception {
        DeployBuilder gone = builder(step -> {
            step.setPattern("GONE");
            step.setDeployment("GONE TOO");
            step.setAgentGroup("gone");
            step.setServer("gone");
            step.setCredentialsId("gone");
        });
        assertThat(afterRoundTrip(gone)).hasSize(6).isEqualTo(described(gone));
    }

    @Test
    void valuesSurviveAnUnreachableServer() throws Exception {
        try (SilentPort nobody = new SilentPort()) {
            Setup.servers(Setup.server("main", nobody.url(), TOKEN_ID));
            DeployBuilder step = builder(fields -> {
                fields.setPattern(HARD_PATTERN);
                fields.setDeployment(HARD_DEPLOYMENT);
                fields.setAgentGroup(AGENT_GROUP);
            });
            assertThat(afterRoundTrip(step)).hasSize(4).isEqualTo(described(step));
        }
    }

    @Test
    void hardNamesSurviveTheFormAndTheFile() throws Exception {
        DeployBuilder hard = builder(step -> {
            step.setPattern(HARD_PATTERN);
            step.setDeployment(HARD_DEPLOYMENT);
            step.setAgentGroup("${GROUP}");
        });
        assertThat(afterRoundTrip(hard)).hasSize(4).isEqualTo(described(hard));
        assertThat(job.getConfigFile().asString())
                .contains("<pattern>Käufer &quot;A&quot; &lt;b&gt;&amp;/+?</pattern>");
        job.doReload();
        FreeStyleProject again = jenkins.jenkins.getItemByFullName(job.getFullName(), FreeStyleProject.class);
        assertThat(described(again.getBuildersList().get(DeployBuilder.class))).isEqualTo(described(hard));
    }

    @ParameterizedTest
    @CsvSource({
        "5139, OK",
        "'', OK",
        "${BUILD}, OK",
        "build-${N}, OK",
        "$BUILD, OK",
        "${, OK",
        "12$$, ERROR",
        "0, ERROR",
        "-1, ERROR",
        "five, ERROR"
    })
    void theBuildIdIsCheckedWhileItIsTyped(String typed, FormValidation.Kind kind) {
        assertThat(descriptor().getShared().doCheckBuildId(typed).kind).isEqualTo(kind);
        FormValidation.Kind optional = typed.isEmpty() ? FormValidation.Kind.OK : kind;
        assertThat(descriptor().getShared().doCheckPatternId(typed, "").kind).isEqualTo(optional);
        assertThat(descriptor().getShared().doCheckDeploymentId(typed, "").kind).isEqualTo(optional);
        assertThat(descriptor().getShared().doCheckAgentId(typed, "", "", "").kind)
                .isEqualTo(optional);
        assertThat(descriptor().getShared().doCheckAgentGroupId(typed, "", "", "").kind)
                .isEqualTo(optional);
    }

    @ParameterizedTest
    @CsvSource({"${BUILD_ID}, WARNING", "$BUILD_NUMBER, WARNING", "${BUILD_ID_TO_DEPLOY}, OK"})
    void theNumberOfTheJenkinsBuildIsWarnedOf(String typed, FormValidation.Kind kind) {
        assertThat(descriptor().getShared().doCheckBuildId(typed).kind).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"'', OK", "60, OK", "0, ERROR", "-1, ERROR", "10081, ERROR", "ten, ERROR"})
    void theMinutesAreCheckedWhileTheyAreTyped(String typed, FormValidation.Kind kind) {
        assertThat(descriptor().getShared().doCheckWaitMinutes(typed).kind).isEqualTo(kind);
    }

    private static DeployBuilderDescriptor descriptor() {
        return SHARED.jenkins().jenkins.getDescriptorByType(DeployBuilderDescriptor.class);
    }

    @Test
    void itsSymbolIsItsOwn() {
        assertThat(DeployBuilderDescriptor.class.getAnnotation(Symbol.class).value())
                .containsExactly("metaKraftwerkDeploy");
        assertThat(SymbolLookup.get().findDescriptor(Builder.class, "metaKraftwerkDeploy"))
                .isSameAs(descriptor());
        assertThat(descriptor().getDisplayName()).isEqualTo("Deploy a MetaKraftwerk build in a freestyle job");
    }
}
