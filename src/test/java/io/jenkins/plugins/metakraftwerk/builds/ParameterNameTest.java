package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.cli.CLICommandInvoker;
import hudson.model.Descriptor.FormException;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import javax.xml.transform.stream.StreamSource;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.StaplerRequest2;

/** A parameter without a name, and one whose name Jenkins uses itself: loaded, but refused where it is made or used. */
class ParameterNameTest {

    private static final String NO_NAME = "A parameter needs a name";
    private static final String OF_JENKINS = "Jenkins itself gives 'BUILD_ID' a value in each build.";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();

    private static String complaint(String name) {
        return name.isEmpty() ? NO_NAME : OF_JENKINS;
    }

    /** As a job may lie on the disk, or be posted. */
    private FreeStyleProject stored(String nameElement) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        DeployBuilder step = new DeployBuilder("${BUILD_ID}");
        step.setPattern("CORE_DV_HLS");
        step.setDeployment("DEPLOY_TO_DEV");
        job.getBuildersList().add(step);
        BuildParameterDefinition parameter = new BuildParameterDefinition("REPLACED");
        parameter.setDefaultValue("5139");
        job.addProperty(new ParametersDefinitionProperty(parameter));
        String xml = job.getConfigFile().asString().replace("<name>REPLACED</name>", nameElement);
        job.updateByXml(new StreamSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
        return job;
    }

    private WebResponse post(Job<?, ?> job, String path, String key, String value) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), job.getUrl() + path), HttpMethod.POST);
            client.addCrumb(request);
            request.getRequestParameters().add(new NameValuePair(key, value));
            return client.loadWebResponse(request);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "<name></name>", "<name>BUILD_ID</name>"})
    void aStoredOneLoadsAndItsBuildsAreRefused(String element) throws Exception {
        FreeStyleProject job = stored(element);
        String name = element.contains("BUILD_ID") ? "BUILD_ID" : "";
        assertThat(job.getProperty(ParametersDefinitionProperty.class).getParameterDefinitions())
                .singleElement()
                .satisfies(parameter -> assertThat(parameter.getName()).isEqualTo(name));
        var build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(JenkinsRule.getLog(build)).contains(complaint(name)).doesNotContain("\tat ", "NullPointer");
        assertThat(server.requests()).isEmpty();
        JSONObject form = new JSONObject();
        form.put("parameter", JSONObject.fromObject("{name: '" + name + "', value: '5139'}"));
        WebResponse answer = post(job, "build?delay=0sec", "json", form.toString());
        assertThat(answer.getStatusCode()).isEqualTo(400);
        assertThat(answer.getContentAsString()).contains(complaint(name));
        if (!name.isEmpty()) {
            assertThat(post(job, "buildWithParameters", name, "5139").getStatusCode())
                    .isEqualTo(400);
            var called =
                    new CLICommandInvoker(jenkins, "build").invokeWithArgs(job.getFullName(), "-p", name + "=5139");
            assertThat(called.stderr()).contains(OF_JENKINS);
        }
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuilds()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "BUILD_ID"})
    void noValueOfSuchANameIsValid(String name) {
        BuildParameterValue value = new BuildParameterValue(name, "5139");
        assertThat(new BuildParameterDefinition(name).isValid(value)).isFalse();
        assertThat(value.toString()).contains(complaint(name));
    }

    @Test
    void aPipelineCanMendIt() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "properties([parameters([metaKraftwerkBuild(name: 'BUILD_ID', defaultValue: '5139')])])", true));
        jenkins.buildAndAssertSuccess(job);
        job.setDefinition(new CpsFlowDefinition(
                "echo \"has $params\"\nproperties([parameters([metaKraftwerkBuild(name: 'MK_BUILD')])])", true));
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains(OF_JENKINS, run);
        jenkins.assertLogContains("This build has no value for it.", run);
        jenkins.assertLogContains("has [:]", run);
        assertThat(JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job))).doesNotContain(OF_JENKINS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "BUILD_ID", " build_number ", "WORKSPACE", "NODE_NAME"})
    void theFormDoesNotTakeIt(String name) throws Exception {
        assertThat(check(name)).contains("class=\"error\"");
        JSONObject form = new JSONObject();
        form.put("name", name);
        BuildParameterDescriptor descriptor =
                (BuildParameterDescriptor) jenkins.jenkins.getDescriptorOrDie(BuildParameterDefinition.class);
        assertThatThrownBy(() -> descriptor.newInstance((StaplerRequest2) null, form))
                .isInstanceOf(FormException.class);
    }

    @Test
    void whatNoVariableCanBeCalledIsAWarning() throws Exception {
        for (String name : new String[] {"a b", "1st", "größe", "a-b", "<i>"}) {
            assertThat(check(name)).contains("class=\"warning\"", "No variable can be called");
        }
        for (String name : new String[] {"MK_BUILD", "mk", "_1", "BUILD_IDS"}) {
            assertThat(check(name)).doesNotContain("class=");
        }
        assertThat(new BuildParameterDefinition("a b").isValid(new BuildParameterValue("a b", "5139")))
                .isTrue();
    }

    private String check(String name) throws Exception {
        return WebCall.create(jenkins, "", BuildParameterDefinition.class, "checkName")
                .with("value", name)
                .text();
    }
}
