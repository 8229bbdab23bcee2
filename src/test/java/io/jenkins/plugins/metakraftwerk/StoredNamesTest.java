package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.AbortException;
import hudson.ExtensionPoint;
import hudson.model.Action;
import hudson.model.AdministrativeMonitor;
import hudson.model.Describable;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.export.Exported;

/**
 * Names that stand in what users have: in the configuration of Jenkins, its jobs and builds, in stored programs of Pipelines,
 * in Jenkinsfiles, in scripts that read the remote API, in our files, in other plugins. To change one is to break those, or
 * to owe them an alias. The list is in {@code stored-names.txt}.
 */
class StoredNamesTest {

    private static final String HOUSE = StoredNamesTest.class.getPackageName() + ".";

    private static final Path LIST = Path.of("src/test/resources/io/jenkins/plugins/metakraftwerk/stored-names.txt");

    private static final Pattern FILE = Pattern.compile("\"(metakraftwerk-[a-z-]+(\\.jsonl?)?)\"");

    /** What lies in a field of one that says of itself that it is stored, or in a file of ours. */
    private static final Set<String> WITHIN = Set.of(
            "deploy.AttemptRecord",
            "deploy.UnknownAttempt",
            "deploy.DeploymentState",
            "deploy.DeploymentResult",
            "deploy.AttemptSource",
            "client.DeploymentRequest",
            "deploy.LedgerLine",
            "client.BuildDeployment",
            "deploy.RequestKey",
            "builds.BuildFinishedCause",
            "builds.PollingLog$Entry",
            "watch.BuildMemory",
            "watch.FinishedBuild",
            "deploy.TargetKey",
            "history.HistoryLine");

    /** Their constants are stored by their names. */
    private static final Set<String> ENUMS = Set.of(
            "client.MetaKraftwerkException$Effect",
            "deploy.DeploymentResult$Origin",
            "deploy.DeploymentState$Phase",
            "deploy.LedgerLine$Kind",
            "server.Target$Origin");

    private static final List<JavaClass> CLASSES = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(StoredNamesTest.class.getPackageName())
                    .stream()
                    .filter(type -> !type.getPackageName().endsWith(".standin"))
                    .toList();

    private static String name(JavaClass type) {
        return type.getName().substring(HOUSE.length());
    }

    private static String line(JavaClass type, Stream<String> names) {
        return name(type) + ": " + names.distinct().sorted().collect(Collectors.joining(" "));
    }

    private static boolean isStored(JavaClass type) {
        boolean mayBe = Stream.of(Serializable.class, Action.class, Describable.class, GlobalConfiguration.class)
                .anyMatch(type::isAssignableTo);
        return (mayBe || WITHIN.contains(name(type)))
                && !type.isEnum()
                && !type.isAnonymousClass()
                && fields(type).findAny().isPresent();
    }

    private static Stream<String> fields(JavaClass type) {
        return type.getFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.TRANSIENT))
                .map(JavaField::getName);
    }

    private static Set<String> listed(String heading) throws Exception {
        Map<String, Set<String>> sections = new TreeMap<>();
        Set<String> section = new TreeSet<>();
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith("# ")) {
                section = sections.computeIfAbsent(line.substring(2), key -> new TreeSet<>());
            } else if (!line.isBlank()) {
                section.add(line);
            }
        }
        return sections.getOrDefault(heading, Set.of());
    }

    private static void holds(String heading, Stream<String> found) throws Exception {
        Set<String> all = found.collect(Collectors.toCollection(TreeSet::new));
        assertThat(all)
                .as("The section '%s' of %s", heading, LIST)
                .isNotEmpty()
                .containsExactlyElementsOf(listed(heading));
    }

    @Test
    void classesAndFields() throws Exception {
        holds(
                "Classes and fields",
                CLASSES.stream().filter(StoredNamesTest::isStored).map(type -> line(type, fields(type))));
    }

    /** Their classes may be called otherwise: no file tells those. */
    @Test
    void keysOfLines() throws Exception {
        holds(
                "Keys of lines, by room",
                CLASSES.stream()
                        .filter(type -> type.isMetaAnnotatedWith(JsonNaming.class)
                                && type.getAnnotations().stream().noneMatch(StoredNamesTest::isOfTheApi))
                        .filter(type -> !type.isAnnotation())
                        .map(type -> line(type, fields(type)).replaceFirst("\\.[^:]*", "")));
    }

    private static boolean isOfTheApi(com.tngtech.archunit.core.domain.JavaAnnotation<?> annotation) {
        return annotation.getRawType().isEquivalentTo(JsonNaming.class)
                && !annotation.as(JsonNaming.class).value().equals(LowerCamelCaseStrategy.class);
    }

    @Test
    void constants() throws Exception {
        holds(
                "Constants",
                CLASSES.stream()
                        .filter(type -> ENUMS.contains(name(type)))
                        .map(type -> line(type, type.getEnumConstants().stream().map(constant -> constant.name()))));
    }

    @Test
    void files() throws Exception {
        List<String> names = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                FILE.matcher(Files.readString(source))
                        .results()
                        .map(match -> match.group(1))
                        .filter(name -> name.endsWith("json") || name.endsWith("jsonl") || name.endsWith("-id"))
                        .forEach(names::add);
            }
        }
        holds("Files", names.stream());
    }

    /** The administrator's 'do not tell me any more' is stored with the name of the class. */
    @Test
    void monitors() throws Exception {
        holds(
                "Monitors",
                CLASSES.stream()
                        .filter(type -> type.isAssignableTo(AdministrativeMonitor.class))
                        .map(StoredNamesTest::name));
    }

    @Test
    void exceptionsThatScriptsImport() throws Exception {
        holds(
                "Exceptions",
                CLASSES.stream()
                        .filter(type -> type.isAssignableTo(AbortException.class))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isAnnotatedWith(Restricted.class))
                        .map(StoredNamesTest::name));
    }

    /** The parameter has one with its value in the step 'build'. */
    @Test
    void symbols() throws Exception {
        holds(
                "Symbols",
                CLASSES.stream()
                        .filter(type -> type.isAnnotatedWith(Symbol.class))
                        .map(type -> line(
                                type,
                                Stream.of(type.getAnnotationOfType(Symbol.class).value()))));
    }

    @Test
    void steps() throws Exception {
        List<String> steps = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo(StepDescriptor.class)
                    && !type.getModifiers().contains(JavaModifier.ABSTRACT)) {
                Constructor<?> constructor = type.reflect().getDeclaredConstructor();
                constructor.setAccessible(true);
                StepDescriptor step = (StepDescriptor) constructor.newInstance();
                steps.add(step.getFunctionName() + ": " + step.clazz.getName().substring(HOUSE.length()));
            }
        }
        holds("Steps", steps.stream());
    }

    /** As scripts, configuration as code and Job DSL give them. */
    @Test
    void parameters() throws Exception {
        holds(
                "Parameters",
                CLASSES.stream()
                        .filter(type -> type.isAssignableTo(Describable.class)
                                || type.isAssignableTo(GlobalConfiguration.class)
                                || type.getMethods().stream()
                                        .anyMatch(method -> method.isAnnotatedWith(DataBoundSetter.class)))
                        .filter(type -> parameters(type).findAny().isPresent())
                        .map(type -> line(type, parameters(type))));
    }

    private static Stream<String> parameters(JavaClass type) {
        Stream<String> needed = Stream.of(type.reflect().getDeclaredConstructors())
                .filter(constructor -> constructor.isAnnotationPresent(DataBoundConstructor.class))
                .flatMap(constructor -> Stream.of(constructor.getParameters()))
                .map(Parameter::getName);
        Stream<String> others = type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(DataBoundSetter.class))
                .map(method -> property(method.getName()));
        return Stream.concat(needed, others);
    }

    private static String property(String method) {
        String name = method.replaceFirst("^(get|set|is)(?=[A-Z])", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The remote API, which also tells the names of classes. */
    @Test
    void exported() throws Exception {
        holds(
                "Remote API",
                CLASSES.stream()
                        .filter(type -> methods(type, Exported.class).findAny().isPresent())
                        // What forms ask for themselves.
                        .filter(type -> !type.getPackageName().endsWith(".form"))
                        .map(type ->
                                line(type, methods(type, Exported.class).map(method -> property(method.getName())))));
    }

    /** What scripts in the sandbox may read of results. */
    @Test
    void results() throws Exception {
        holds(
                "Results",
                CLASSES.stream()
                        .filter(type ->
                                methods(type, Whitelisted.class).findAny().isPresent())
                        .map(type -> line(type, methods(type, Whitelisted.class).map(JavaMethod::getName))));
    }

    private static Stream<JavaMethod> methods(
            JavaClass type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return type.getMethods().stream().filter(method -> method.isAnnotatedWith(annotation));
    }

    @Test
    void forOtherPlugins() throws Exception {
        holds(
                "For other plugins",
                CLASSES.stream()
                        .filter(type -> type.getRawInterfaces().stream()
                                .anyMatch(parent -> parent.isEquivalentTo(ExtensionPoint.class)))
                        .filter(type -> !type.isAnnotatedWith(Restricted.class) && !type.isInterface())
                        .map(type -> line(
                                type,
                                type.getMethods().stream()
                                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                                        .map(JavaMethod::getName))));
    }

    /** A version that is older or newer than the one that stored them reads these as texts. */
    @Test
    void statesAndOriginsAreTexts() {
        assertThat(Stream.of(DeploymentState.class, DeploymentResult.class)
                        .flatMap(type -> Stream.of(type.getRecordComponents()))
                        .filter(part -> part.getType().isEnum()))
                .isEmpty();
    }
}
