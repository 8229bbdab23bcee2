package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.metakraftwerk.fixture.RegisteredSteps;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.pipeline.MkGetDeploymentStep;
import io.jenkins.plugins.metakraftwerk.pipeline.MkServerStep;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Nobody can have an object of a class of his choice made, by naming it in a field of a form or of a script. */
class NestedObjectsTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static final AtomicInteger MADE = new AtomicInteger();

    private final JenkinsRule jenkins = SHARED.jenkins();

    /** Stands for a class that does harm when it is made. */
    public static class Counted {

        @DataBoundConstructor
        public Counted() {
            MADE.incrementAndGet();
        }
    }

    /** A step that takes whatever there is. */
    public static class OpenStep extends Step {

        private final Object any;

        @DataBoundConstructor
        public OpenStep(Object any) {
            this.any = any;
        }

        public Object getAny() {
            return any;
        }

        @Override
        public StepExecution start(StepContext context) {
            throw new UnsupportedOperationException();
        }

        /** Makes the step known. */
        @TestExtension
        public static class DescriptorImpl extends StepDescriptor {

            @Override
            public String getFunctionName() {
                return "open";
            }

            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of();
            }
        }
    }

    @BeforeEach
    void countAnew() {
        MADE.set(0);
    }

    static Stream<Arguments> fields() {
        return Stream.<Class<?>>concat(steps(), Stream.of(DeployBuilder.class))
                .flatMap(type -> names(type).map(field -> Arguments.of(type, field)));
    }

    private static Stream<String> names(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream().map(DescribableParameter::getName);
    }

    private static JSONObject object(String key, Class<?> type) {
        JSONObject object = new JSONObject();
        object.put(key, type.getName());
        return object;
    }

    private static JSONObject form(Class<?> type, String field, Object value) {
        JSONObject form = object("stapler-class", type);
        form.put("$class", type.getName());
        form.put("buildId", "5139");
        form.put(field, value);
        return form;
    }

    /** What the Snippet Generator answers, which makes a step of any form it gets. */
    private String snippet(JSONObject form) throws Exception {
        return new Caller(jenkins, "anonymous")
                .send(Caller.Verb.POST, "pipeline-syntax/generateSnippet", Map.of("json", form.toString()))
                .body();
    }

    @Test
    void anOpenStepMakesThem() throws Exception {
        for (String key : List.of("$class", "stapler-class")) {
            MADE.set(0);
            snippet(form(OpenStep.class, "any", object(key, Counted.class)));
            assertThat(MADE).hasPositiveValue();
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void noFieldOfAFormMakesThem(Class<?> type, String field) throws Exception {
        for (String key : List.of("$class", "stapler-class")) {
            JSONObject counted = object(key, Counted.class);
            JSONArray several = new JSONArray();
            several.add(counted);
            for (Object value : List.of(counted, several)) {
                assertThat(snippet(form(type, field, value)))
                        .contains(field + " must be a plain value.")
                        .doesNotContain("\tat ");
                // Within another form, Jenkins goes on where a form is refused.
                snippet(form(OpenStep.class, "any", form(type, field, value)));
            }
        }

        assertThat(MADE).hasValue(0);
    }

    static Stream<Class<? extends Step>> steps() {
        return RegisteredSteps.classes();
    }

    @ParameterizedTest
    @MethodSource("steps")
    void noArgumentOfAStepMakesThem(Class<? extends Step> type) throws Exception {
        String function = ((StepDescriptor) jenkins.jenkins.getDescriptorOrDie(type)).getFunctionName();
        String script = names(type)
                .map(field -> "try { %s %s: [$class: '%s'] } catch (e) { echo e.message }"
                        .formatted(function, field, Counted.class.getName()))
                .collect(Collectors.joining("\n"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));

        String log = JenkinsRule.getLog(jenkins.buildAndAssertSuccess(job));

        assertThat(names(type)).allSatisfy(field -> assertThat(log).contains(field + " must be "));
        assertThat(MADE).hasValue(0);
        assertThat(SHARED.server().requests()).isEmpty();
    }

    /** Descriptors refuse them first, but nothing makes everybody who makes a step ask one. */
    @ParameterizedTest
    @MethodSource("steps")
    void noConstructorAndNoSetterTakesThem(Class<?> type) throws Exception {
        Constructor<?> constructor = Arrays.stream(type.getConstructors())
                .filter(one -> one.isAnnotationPresent(DataBoundConstructor.class))
                .findFirst()
                .orElseThrow();
        boolean taker = constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Object.class;
        Object any = new Object();
        if (taker) {
            assertThatThrownBy(() -> constructor.newInstance(any)).hasCauseInstanceOf(IllegalArgumentException.class);
        }
        Object step = taker ? constructor.newInstance("1") : constructor.newInstance();
        assertThat(type.getMethods())
                .filteredOn(method -> method.isAnnotationPresent(DataBoundSetter.class)
                        && method.getParameterTypes()[0] == Object.class)
                .isNotEmpty()
                .allSatisfy(setter -> assertThatThrownBy(() -> setter.invoke(step, any))
                        .as(setter.getName())
                        .hasCauseInstanceOf(IllegalArgumentException.class));
    }

    /** Their descriptors refuse what is neither text nor number; whoever else takes an object has to do so too. */
    @Test
    void onlyStepsTakeObjects() {
        var takers = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.jenkins.plugins.metakraftwerk")
                        .stream()
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> unit.isAnnotatedWith(DataBoundConstructor.class)
                                || unit.isAnnotatedWith(DataBoundSetter.class))
                        .filter(unit -> unit.getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Object.class)))
                        .map(JavaMember::getOwner)
                        .distinct();
        assertThat(takers).isNotEmpty().allMatch(type -> type.isAssignableTo(MkServerStep.class));
    }

    @Test
    void whatAFormSendsForNothingIsTaken() throws Exception {
        JSONObject form = object("stapler-class", MkGetDeploymentStep.class);
        form.put("id", "7");
        form.put("server", new JSONObject(true));
        assertThat(snippet(form)).isEqualTo("mkGetDeployment 7");
    }
}
