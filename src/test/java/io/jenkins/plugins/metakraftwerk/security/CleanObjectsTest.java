package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Action;
import hudson.model.Describable;
import hudson.remoting.Callable;
import hudson.util.Secret;
import hudson.util.XStream2;
import io.jenkins.plugins.metakraftwerk.client.HttpTransport;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.TokenSource;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.pipeline.MkDeployStep;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.security.MasterToSlaveCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** No object of this plugin carries a secret to where it would be written down or sent away. */
@WithJenkins
class CleanObjectsTest {

    private static final String MARK = "the-secret-mark-0123456789";
    private static final Pattern SECRET_NAME = Pattern.compile("(?i).*(token|secret|password|body).*");

    /** What holds a secret, or leads to one. */
    private static final List<Class<?>> SECRETIVE = List.of(
            Secret.class,
            Credentials.class,
            TokenSource.class,
            MetaKraftwerkClient.class,
            HttpTransport.class,
            HttpClient.class);

    private static JavaClasses classes;

    @BeforeAll
    static void start(JenkinsRule rule) {
        assertThat(rule.jenkins).isNotNull();
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.jenkins.plugins.metakraftwerk");
    }

    @Test
    void nothingThatIsStoredOrSentLeadsToASecret() {
        List<JavaField> fields = classes.stream()
                .filter(type -> Stream.of(Serializable.class, Describable.class, Action.class)
                        .anyMatch(type::isAssignableTo))
                .filter(type -> !type.isAssignableTo(Throwable.class)
                        || type.getFields().size() > 1)
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.TRANSIENT)
                        && !field.getModifiers().contains(JavaModifier.STATIC))
                .toList();
        assertThat(fields).hasSizeGreaterThan(50);
        assertThat(fields).noneMatch(field -> SECRETIVE.stream().anyMatch(field.getRawType()::isAssignableTo));
        assertThat(fields)
                .noneMatch(field -> SECRET_NAME.matcher(field.getName()).matches());
    }

    @Test
    void nothingIsSentToAgents() {
        assertThat(classes.stream())
                .noneMatch(type -> type.isAssignableTo(Callable.class))
                .noneMatch(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency -> dependency.getTargetClass().isAssignableTo(MasterToSlaveCallable.class)
                                || dependency.getTargetClass().getName().equals("hudson.FilePath")
                                || dependency.getTargetClass().getName().equals("hudson.remoting.Channel")));
    }

    /** Records show all they have, unless they are told not to. */
    @TestFactory
    List<DynamicTest> recordsDoNotShowSecrets() {
        List<DynamicTest> tests = classes.stream()
                .filter(JavaClass::isRecord)
                .<Class<?>>map(JavaClass::reflect)
                .filter(type -> Arrays.stream(type.getRecordComponents()).anyMatch(CleanObjectsTest::isSecret))
                .map(type -> DynamicTest.dynamicTest(type.getName(), () -> {
                    assertThat(String.valueOf(instance(type))).isNotEmpty().doesNotContain(MARK);
                }))
                .toList();
        assertThat(tests).hasSizeGreaterThan(3);
        return tests;
    }

    private static boolean isSecret(RecordComponent component) {
        return component.getType() == Secret.class
                || SECRET_NAME.matcher(component.getName()).matches();
    }

    private static Object instance(Class<?> type) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
        return constructor.newInstance(
                Arrays.stream(components).map(CleanObjectsTest::value).toArray());
    }

    private static Object value(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Secret.class) {
            return Secret.fromString(MARK);
        }
        if (isSecret(component)) {
            return MARK;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == java.net.URI.class) {
            return java.net.URI.create("https://host.example/path?query=" + MARK);
        }
        return type == String.class ? "x" : null;
    }

    @Test
    void whatIsStoredHasOnlyTheIdOfACredential() {
        DeployBuilder builder = new DeployBuilder("1");
        builder.setCredentialsId("the-id");
        MkDeployStep step = new MkDeployStep("1");
        step.setCredentialsId("the-id");
        for (Object stored : List.of(Setup.server("a", "https://host.example", "the-id"), builder, step)) {
            String xml = new XStream2().toXML(stored);
            assertThat(xml).contains("<credentialsId>the-id</credentialsId>");
            assertThat(xml.toLowerCase(java.util.Locale.ROOT)).doesNotContain("password", "token", "secret");
        }
        assertThat(Setup.secretText("a", MARK).toString()).doesNotContain(MARK);
        assertThat(Set.of(step.toString(), builder.toString())).noneMatch(text -> text.contains(MARK));
    }
}
