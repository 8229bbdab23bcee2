package io.jenkins.plugins.metakraftwerk.docs;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.docs.Markdown.Block;
import io.jenkins.plugins.metakraftwerk.fixture.RegisteredSteps;
import io.jenkins.plugins.metakraftwerk.freestyle.DeployBuilder;
import io.jenkins.plugins.metakraftwerk.pipeline.BuildDeploymentResult;
import io.jenkins.plugins.metakraftwerk.pipeline.DeployedResult;
import io.jenkins.plugins.metakraftwerk.pipeline.DeploymentCheckResult;
import io.jenkins.plugins.metakraftwerk.pipeline.FoundBuild;
import io.jenkins.plugins.metakraftwerk.pipeline.MetaKraftwerkStepException;
import io.jenkins.plugins.metakraftwerk.pipeline.MkCheckDeploymentStep;
import io.jenkins.plugins.metakraftwerk.pipeline.MkDeployStep;
import java.beans.Introspector;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The references name everything that there is, and the messages they quote are those of the plugin. */
class ReferenceTest {

    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/metakraftwerk");
    private static final Path TESTS = Path.of("src/test/java/io/jenkins/plugins/metakraftwerk");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|.*");
    private static final Pattern FIELD_ROW = Pattern.compile("\\| ([^|`]+) \\| `(\\w+)` \\|.*");

    /** The others are those of the step that deploys, which its page says. */
    private static final Set<String> OF_A_CHECK_ALONE = Set.of("failOnProblems");

    private final String pipeline = new Markdown(Path.of("docs/pipeline.md")).text();
    private final String builds = new Markdown(Path.of("docs/builds.md")).text();

    @Test
    @WithJenkins
    void namesEveryParameter(JenkinsRule jenkins) {
        assertThat(RegisteredSteps.descriptors())
                .isNotEmpty()
                .allSatisfy(step -> assertThat(rowsOf(step))
                        .as(step.getFunctionName())
                        .isEqualTo(
                                step.clazz == MkCheckDeploymentStep.class ? OF_A_CHECK_ALONE : parameters(step.clazz)));
        assertThat(parameters(MkCheckDeploymentStep.class)).isEqualTo(fieldsOfACheck());
        assertThat(freestyleFields().keySet()).isEqualTo(parameters(DeployBuilder.class));
    }

    private Set<String> rowsOf(StepDescriptor step) {
        String heading = "## " + step.getFunctionName();
        return rowsOf(pipeline.contains(heading + "\n") ? pipeline : builds, heading);
    }

    /** As the page says it. */
    private Set<String> fieldsOfACheck() {
        Set<String> fields = parameters(MkDeployStep.class);
        fields.remove("sendAfterUnknown");
        fields.addAll(OF_A_CHECK_ALONE);
        return fields;
    }

    @Test
    void namesEveryPropertyThatScriptsMayRead() {
        assertThat(rowsOf(builds, "## The result of a check")).isEqualTo(properties(DeploymentCheckResult.class));
        assertThat(rowsOf("## The result")).isEqualTo(properties(BuildDeploymentResult.class));
        assertThat(rowsOf(builds, "## A build")).isEqualTo(properties(FoundBuild.class));
        assertThat(rowsOf("## What mkDeployed returns")).isEqualTo(properties(DeployedResult.class));
        assertThat(rowsOf("## Failures")).isEqualTo(properties(MetaKraftwerkStepException.class));
    }

    @Test
    void callsTheFieldsOfTheFormByTheirTitles() {
        Properties titles = load(RESOURCES.resolve("form/StepForm/deploy.properties"));
        assertThat(freestyleFields())
                .isNotEmpty()
                .allSatisfy((field, title) -> assertThat(title).isEqualTo(titles.getProperty(field)));
    }

    static List<String> quotes() {
        return Markdown.all().stream().flatMap(page -> page.quotes().stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void quotesMessagesThatExist(String quote) {
        assertThat(messages()).as(quote).anyMatch(message -> message.contains(quote));
    }

    @Test
    void namesTestsThatExist() throws IOException {
        String page = Files.readString(TESTS.resolve("security/README.md"));
        List<String> named = Pattern.compile("`(\\w+Test)`")
                .matcher(page)
                .results()
                .map(test -> test.group(1) + ".java")
                .distinct()
                .toList();
        try (Stream<Path> files = Files.walk(TESTS)) {
            assertThat(named)
                    .isNotEmpty()
                    .isSubsetOf(files.map(file -> file.getFileName().toString()).toList());
        }
    }

    static List<Block> examples() {
        return Markdown.blocks("java").stream()
                .filter(block -> !block.notes("from").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void showsTestsThatExist(Block block) throws IOException {
        Path test = TESTS.resolve(block.notes("from").get(0) + ".java");
        assertThat(notIndented(Files.readString(test))).contains(notIndented(block.text()));
    }

    private static String notIndented(String code) {
        return code.replaceAll("(?m)^ +", "");
    }

    private Set<String> rowsOf(String heading) {
        return rowsOf(pipeline, heading);
    }

    private static Set<String> rowsOf(String page, String heading) {
        int begin = page.indexOf(heading + "\n");
        int end = page.indexOf("\n## ", begin);
        return page.substring(begin, end < 0 ? page.length() : end)
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> row.group(1))
                .collect(toSet());
    }

    /** Titles by the names of the fields. */
    private static Map<String, String> freestyleFields() {
        return new Markdown(Path.of("docs/freestyle.md"))
                .text()
                .lines()
                .map(FIELD_ROW::matcher)
                .filter(Matcher::matches)
                .collect(toMap(row -> row.group(2), row -> row.group(1)));
    }

    private static Set<String> parameters(Class<?> type) {
        return DescribableModel.of(type).getParameters().stream()
                .map(DescribableParameter::getName)
                .collect(toSet());
    }

    private static Set<String> properties(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Whitelisted.class))
                .map(method -> Introspector.decapitalize(method.getName().replaceFirst("^(get|is)", "")))
                .collect(toSet());
    }

    /** English messages, with '…' for what is put into them. */
    private static Stream<String> messages() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files
                    .filter(file -> file.getFileName().toString().matches("(Texts|Messages|list|config)\\.properties"))
                    .flatMap(file -> load(file).entrySet().stream())
                    .map(entry -> entry.getValue()
                            .toString()
                            .replaceAll("(\\{\\d+})+", "…")
                            .replace("''", "'"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
