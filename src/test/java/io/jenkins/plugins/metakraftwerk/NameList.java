package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The list of names that somebody outside of the program keeps, {@code stored-names.txt}, and the classes that have them. */
final class NameList {

    static final String HOUSE = NameList.class.getPackageName() + ".";

    private static final Path LIST = Path.of("src/test/resources/io/jenkins/plugins/metakraftwerk/stored-names.txt");

    static final List<JavaClass> CLASSES = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(NameList.class.getPackageName())
                    .stream()
                    .filter(type -> !type.getPackageName().endsWith(".standin"))
                    .toList();

    private NameList() {}

    static String name(JavaClass type) {
        return type.getName().substring(HOUSE.length());
    }

    static String line(JavaClass type, Stream<String> names) {
        return name(type) + ": " + names.distinct().sorted().collect(Collectors.joining(" "));
    }

    static Stream<String> fields(JavaClass type) {
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

    /** The list has these names under the heading, and no others. */
    static void holds(String heading, Stream<String> found) throws Exception {
        Set<String> all = found.collect(Collectors.toCollection(TreeSet::new));
        assertThat(all)
                .as("The section '%s' of %s", heading, LIST)
                .isNotEmpty()
                .containsExactlyElementsOf(listed(heading));
    }
}
