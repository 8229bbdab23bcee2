package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.tngtech.archunit.core.domain.JavaClass;
import hudson.model.Action;
import hudson.model.AdministrativeMonitor;
import hudson.model.Describable;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentResult;
import io.jenkins.plugins.metakraftwerk.deploy.DeploymentState;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import org.junit.jupiter.api.Test;

/**
 * Names that stand in what Jenkins has stored: in its configuration, its jobs and builds, in programs of Pipelines, in our
 * files. To change one is to lose what is stored under it, or to owe it an alias.
 */
class StoredNamesTest {

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

    private static boolean isStored(JavaClass type) {
        boolean mayBe = Stream.of(Serializable.class, Action.class, Describable.class, GlobalConfiguration.class)
                .anyMatch(type::isAssignableTo);
        return (mayBe || WITHIN.contains(NameList.name(type)))
                && !type.isEnum()
                && !type.isAnonymousClass()
                && NameList.fields(type).findAny().isPresent();
    }

    @Test
    void classesAndFields() throws Exception {
        NameList.holds(
                "Classes and fields",
                NameList.CLASSES.stream()
                        .filter(StoredNamesTest::isStored)
                        .map(type -> NameList.line(type, NameList.fields(type))));
    }

    /** Their classes may be called otherwise: no file tells those. */
    @Test
    void keysOfLines() throws Exception {
        NameList.holds(
                "Keys of lines, by room",
                NameList.CLASSES.stream()
                        .filter(type -> type.isMetaAnnotatedWith(JsonNaming.class)
                                && type.getAnnotations().stream().noneMatch(StoredNamesTest::isOfTheApi))
                        .filter(type -> !type.isAnnotation())
                        .map(type -> NameList.line(type, NameList.fields(type)).replaceFirst("\\.[^:]*", "")));
    }

    private static boolean isOfTheApi(com.tngtech.archunit.core.domain.JavaAnnotation<?> annotation) {
        return annotation.getRawType().isEquivalentTo(JsonNaming.class)
                && !annotation.as(JsonNaming.class).value().equals(LowerCamelCaseStrategy.class);
    }

    @Test
    void constants() throws Exception {
        NameList.holds(
                "Constants",
                NameList.CLASSES.stream()
                        .filter(type -> ENUMS.contains(NameList.name(type)))
                        .map(type -> NameList.line(
                                type, type.getEnumConstants().stream().map(constant -> constant.name()))));
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
        NameList.holds("Files", names.stream());
    }

    /** The administrator's 'do not tell me any more' is stored with the name of the class. */
    @Test
    void monitors() throws Exception {
        NameList.holds(
                "Monitors",
                NameList.CLASSES.stream()
                        .filter(type -> type.isAssignableTo(AdministrativeMonitor.class))
                        .map(NameList::name));
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
