package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
    private static final List<String> ROOMS = List.of(
            "client",
            "store",
            "deploy",
            "watch",
            "server",
            "form",
            "run",
            "history",
            "pipeline",
            "freestyle",
            "builds");

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

    private static List<String> toClient() {
        return ROOMS.stream()
                .filter(room -> !room.equals("client"))
                .map(room -> room + " --> client")
                .toList();
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

    /** But those that would be drawn from everywhere. */
    @Test
    void theDocumentationDrawsTheArrowsThatAreThere() throws Exception {
        String page = Files.readString(Path.of("docs/architecture.md"));
        Set<String> drawn = ARROW.matcher(page)
                .results()
                .filter(arrow -> ROOMS.contains(arrow.group(1)) && ROOMS.contains(arrow.group(2)))
                .map(arrow -> arrow.group(1) + " --> " + arrow.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> arrows = arrows();
        assertThat(arrows).containsAll(toClient());
        arrows.removeAll(toClient());
        assertThat(drawn).isEqualTo(arrows);
    }

    @Test
    void noTwoClassesNeedEachOther() throws Exception {
        Map<String, Set<String>> needs = NamedFiles.in(Path.of("src/main/java"));
        CLASSES.stream()
                .filter(HouseTest::isOurs)
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(need -> isOurs(need.getTargetClass().getBaseComponentType()))
                .forEach(need -> needs.get(file(need.getOriginClass()))
                        .add(file(need.getTargetClass().getBaseComponentType())));
        needs.forEach((file, needed) -> needed.removeIf(other -> other.equals(file) || mayNeed(file, other)));
        while (needs.keySet().removeIf(file -> Collections.disjoint(needs.get(file), needs.keySet()))) {
            // What is left needs something that is left.
        }
        while (needs.keySet().removeIf(file -> needs.values().stream().noneMatch(needed -> needed.contains(file)))) {
            // What is left is needed by something that is left.
        }
        assertThat(needs.keySet()).isEmpty();
    }

    /** A descriptor what it describes, and an execution its step. */
    private static boolean mayNeed(String file, String other) {
        JavaClass from = CLASSES.get(file);
        JavaClass to = CLASSES.get(other);
        return from.isAssignableTo(Descriptor.class) && to.isAssignableTo(Describable.class)
                || from.isAssignableTo(StepExecution.class) && to.isAssignableTo(Step.class);
    }

    /** Nested classes count with the one that their file is named after. */
    private static String file(JavaClass type) {
        return type.getName().replaceAll("\\$.*", "");
    }
}
