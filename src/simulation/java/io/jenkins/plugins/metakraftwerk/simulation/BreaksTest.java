package io.jenkins.plugins.metakraftwerk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that each break still applies to the program. Only {@code bin/simulate --breaks} tells if the break is found.
 */
class BreaksTest {

    private static final Path BREAKS = Path.of("src", "simulation", "breaks");

    /** Finds the project also from the build without Jenkins, which is elsewhere. */
    private static Path project() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(here.resolve(BREAKS))) {
            here = here.getParent();
        }
        return here;
    }

    static List<Path> breaks() throws IOException {
        try (Stream<Path> files = Files.list(project().resolve(BREAKS))) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void applies(Path patch) throws IOException {
        List<String> ofFiles = Arrays.stream(Files.readString(patch).split("(?m)^--- a/"))
                .skip(1)
                .toList();
        assertThat(ofFiles).isNotEmpty().allSatisfy(BreaksTest::applies);
    }

    private static void applies(String ofFile) {
        String path = ofFile.lines().findFirst().orElseThrow();
        String text = read(project().resolve(path));
        assertThat(Arrays.stream(ofFile.split("(?m)^@@ .*\\R")).skip(1)).isNotEmpty().allSatisfy(hunk -> assertThat(text)
                .contains(before(hunk)));
    }

    private static String before(String hunk) {
        return hunk.lines()
                .filter(line -> line.startsWith(" ") || line.startsWith("-"))
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
