package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What watches over the dependencies and the code on GitHub is there, and itself trusts only the Jenkins project. */
class WorkflowsTest {

    private static final Path WORKFLOWS = Path.of(".github/workflows");

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    static List<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.sorted().toList();
        }
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    /** Wherever something is built or run, something looks for newer versions of what it uses. */
    @Test
    void dependabotCoversEveryPomAndTheWorkflows() throws Exception {
        JsonNode dependabot = yaml(Path.of(".github/dependabot.yml"));
        assertThat(dependabot.get("version").asInt()).isEqualTo(2);
        assertThat(dependabot.get("updates"))
                .allSatisfy(update ->
                        assertThat(update.at("/schedule/interval").asText()).matches("daily|weekly|monthly"));
        assertThat(directories(dependabot, "maven")).isEqualTo(directoriesWithPom());
        assertThat(directories(dependabot, "github-actions")).containsExactly("/");
        // Nothing that would hold back updates for weaknesses.
        assertThat(dependabot.findValues("open-pull-requests-limit")).noneMatch(limit -> limit.asInt() == 0);
        assertThat(dependabot.findValues("ignore")).isEmpty();
    }

    private static Set<String> directories(JsonNode dependabot, String ecosystem) {
        return stream(dependabot.get("updates"))
                .filter(update -> update.get("package-ecosystem").asText().equals(ecosystem))
                .map(update -> update.get("directory").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> directoriesWithPom() throws IOException {
        Set<String> directories = new HashSet<>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean foreign = directory.toString().matches("target|work|\\.git");
                return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.endsWith("pom.xml")) {
                    directories.add("/" + Objects.toString(file.getParent(), "").replace(File.separatorChar, '/'));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return directories;
    }

    @Test
    void everyChangeIsScanned() throws Exception {
        JsonNode scan = yaml(WORKFLOWS.resolve("jenkins-security-scan.yml"));
        assertThat(stream(scan.at("/on/push/branches")).map(JsonNode::asText)).contains("main");
        assertThat(scan.at("/on/pull_request").isMissingNode()).isFalse();
        assertThat(stream(scan.at("/on/pull_request/types")).map(JsonNode::asText))
                .contains("opened", "synchronize");
        assertThat(scan.at("/on/push").has("paths") || scan.at("/on/push").has("paths-ignore"))
                .isFalse();
        assertThat(stream(scan.get("jobs"))).singleElement().satisfies(job -> {
            assertThat(job.get("uses").asText())
                    .matches("jenkins-infra/jenkins-security-scan/"
                            + "\\.github/workflows/jenkins-security-scan\\.yaml@v\\d+");
            assertThat(job.has("if")).isFalse();
        });
        assertThat(scan.get("permissions").properties().stream()
                        .filter(permission -> permission.getValue().asText().equals("write"))
                        .map(permission -> permission.getKey()))
                .containsExactly("security-events");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void workflowsRunOnlyVersionsOfThoseWhomTheJenkinsProjectTrusts(Path workflow) throws Exception {
        List<JsonNode> uses = yaml(workflow).findValues("uses");
        assertThat(uses)
                .isNotEmpty()
                .allSatisfy(used ->
                        assertThat(isTrusted(used.asText())).as(used.asText()).isTrue());
    }

    /** A tag of a version, as is customary for those, or a commit; a branch could be anything tomorrow. */
    private static boolean isTrusted(String used) {
        return used.matches("(jenkins-infra|actions)/[\\w./-]+@(v\\d+(\\.\\d+)*|[0-9a-f]{40})");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jenkins-infra/x/.github/workflows/x.yml@main",
                "jenkins-infra/x/.github/workflows/x.yml",
                "somebody/x@v1",
                "actions/checkout@0123abc",
                "docker://alpine:3"
            })
    void whatIsNotTrustedIsFound(String used) {
        assertThat(isTrusted(used)).isFalse();
    }

    /** Without a word about them, a workflow may have all permissions there are. */
    @ParameterizedTest
    @MethodSource("workflows")
    void workflowsSayWhatTheyMayDoAndRunNothingOfAStranger(Path workflow) throws Exception {
        JsonNode root = yaml(workflow);
        assertThat(root.at("/permissions").isObject()).isTrue();
        if (root.get("on").toString().contains("pull_request_target")) {
            // It has the rights of this repository while a stranger's change is at hand.
            assertThat(root.findValuesAsText("uses"))
                    .isNotEmpty()
                    .allMatch(used -> used.startsWith("jenkins-infra/github-reusable-workflows/"));
        }
        assertThat(root.findValues("run")).isEmpty();
        assertThat(root.findValues("secrets"))
                .noneMatch(secrets -> secrets.asText().equals("inherit"));
    }

    /** The command of the documentation builds twice what this repository builds, and compares. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "The command is one for a shell.")
    void theDocumentedCommandForAReproducibleBuildFitsTheBuild() throws Exception {
        String docs = Files.readString(Path.of("docs/development.md"));
        Matcher block = Pattern.compile("\n## Reproducible build\n.*?```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(docs);
        assertThat(block.find()).isTrue();
        String script = block.group(1);
        Process shell = new ProcessBuilder("bash", "-n", "-c", script)
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes())).isEmpty();
        assertThat(shell.waitFor()).isZero();
        Matcher built = Pattern.compile("(/tmp/\\w+)/(target/\\S+)").matcher(script);
        List<String> files = built.results().map(found -> found.group(2)).toList();
        assertThat(files).hasSize(2).containsOnly("target/metakraftwerk.hpi");
        assertThat(script.lines().filter(line -> line.contains("bin/maven")))
                .singleElement()
                .asString()
                .contains(" package ", "-DskipTests");
        assertThat(Files.isExecutable(Path.of("bin/maven"))).isTrue();
        assertThat(script.lines().reduce((before, last) -> last))
                .hasValueSatisfying(last -> assertThat(last).startsWith("sha256sum "));
    }
}
