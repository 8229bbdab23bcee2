package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.ParameterValue;
import hudson.model.Result;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.util.List;
import java.util.Set;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** The value as a script gives it to a step that starts another job. */
class BuildParameterPassedOnTest {

    private static final String NO_ID =
            "Invalid parameter value: MK_BUILD must be the id of a MetaKraftwerk build, a positive whole number, not ";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();

    /** Takes and asks what the step {@code build} takes and asks. */
    public static class PassStep extends Step {

        private final List<ParameterValue> parameters;

        @DataBoundConstructor
        public PassStep(List<ParameterValue> parameters) {
            this.parameters = parameters;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronous(context, step -> {
                for (ParameterValue value : parameters) {
                    if (!new BuildParameterDefinition(value.getName()).isValid(value)) {
                        throw new AbortException("Invalid parameter value: " + value);
                    }
                }
                return parameters.get(0).getValue();
            });
        }

        /** Makes the step known. */
        @TestExtension
        public static class DescriptorImpl extends StepDescriptor {

            @Override
            public String getFunctionName() {
                return "pass";
            }

            @Override
            @NonNull
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }
    }

    private WorkflowRun pass(String arguments, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        String value = "metaKraftwerkBuild(name: 'MK_BUILD'" + arguments + ")";
        job.setDefinition(new CpsFlowDefinition("def it = 7\necho \"is ${pass parameters: [" + value + "]}\"", true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5139", "' 05139 '", "5139L", "\"513${it + 2}\"", "(5138 + 1) as BigInteger"})
    void theValueIsTextOrNumber(String given) throws Exception {
        jenkins.assertLogContains("is 5139", pass(", value: " + given, Result.SUCCESS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "'abc' | 'abc'",
                "-1 | '-1'",
                "5139.5 | '5139.5'",
                "true | 'Boolean'",
                "[5139] | 'ArrayList'",
                "[$class: 'java.io.File', path: '5139'] | 'LinkedHashMap'",
                "string(name: 'a', value: '5139') | 'UninstantiatedDescribable'"
            })
    void whatIsNoIdIsRefusedInItsOwnWords(String given, String called) throws Exception {
        WorkflowRun run = pass(", value: " + given, Result.FAILURE);
        jenkins.assertLogContains(NO_ID + called + ".", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {"##", ", value: ''", ", value: ' '", ", value: null"})
    void whatIsEmptyIsRefusedInItsOwnWords(String given) throws Exception {
        WorkflowRun run = pass(given, Result.FAILURE);
        jenkins.assertLogContains("Invalid parameter value: Choose a build: MK_BUILD is empty.", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ");
    }
}
