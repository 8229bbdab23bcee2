package io.jenkins.plugins.metakraftwerk;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.jupiter.api.Test;

/** The rooms stand on one another, as the documentation draws them, and no two classes need each other. */
class HouseTest {

    private static final String HOUSE = HouseTest.class.getPackageName() + ".";

    /** From the ground up. A room may know those before it. */
    private static final List<String> ROOMS =
            List.of("client", "deploy", "server", "form", "run", "history", "pipeline", "freestyle", "builds");

    /** Side by side. */
    private static final Set<String> ROOF = Set.of("pipeline", "freestyle", "builds");

    private static final Pattern ARROW = Pattern.compile("(?m)^ +(\\w+) --> (\\w+)$");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HouseTest.class.getPackageName());

    private static String room(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length());
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(HOUSE) && !room(type).equals("standin");
    }

    /** 'from --> to' of each pair of rooms of which one knows the other. */
    private static Set<String> arrows() {
        return CLASSES.stream()
                .filter(HouseTest::isOurs)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOurs(dependency.getTargetClass().getBaseComponentType()))
                .map(dependency -> room(dependency.getOriginClass()) + " --> "
                        + room(dependency.getTargetClass().getBaseComponentType()))
                .filter(arrow -> !arrow.matches("(\\w+) --> \\1"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean pointsDown(String arrow) {
        String from = arrow.replaceAll(" .*", "");
        String to = arrow.replaceAll(".* ", "");
        return ROOMS.indexOf(to) < ROOMS.indexOf(from) && !(ROOF.contains(from) && ROOF.contains(to));
    }

    @Test
    void eachClassIsInARoom() {
        assertThat(CLASSES.stream()
                        .filter(HouseTest::isOurs)
                        .map(HouseTest::room)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    @Test
    void roomsKnowOnlyThoseThatStandBeforeThem() {
        assertThat(arrows().stream().filter(arrow -> !pointsDown(arrow))).isEmpty();
    }

    @Test
    void theDocumentationDrawsTheArrowsThatAreThere() throws Exception {
        String page = Files.readString(Path.of("docs/architecture.md"));
        Set<String> drawn = ARROW.matcher(page)
                .results()
                .filter(arrow -> ROOMS.contains(arrow.group(1)) && ROOMS.contains(arrow.group(2)))
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(drawn).isEqualTo(arrows());
    }

    @Test
    void noTwoClassesNeedEachOther() {
        slices().assignedFrom(ofFiles())
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        DescribedPredicate.describe("a descriptor", type -> type.isAssignableTo(Descriptor.class)),
                        DescribedPredicate.describe(
                                "what it describes",
                                type -> type.isAssignableTo(Describable.class) || type.isAssignableTo(Step.class)))
                .ignoreDependency(
                        DescribedPredicate.describe("an execution", type -> type.isAssignableTo(StepExecution.class)),
                        DescribedPredicate.describe("its step", type -> type.isAssignableTo(Step.class)))
                .check(CLASSES);
    }

    /** Nested classes count with the one that their file is named after. */
    private static SliceAssignment ofFiles() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return isOurs(type)
                        ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", ""))
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "files";
            }
        };
    }
}
