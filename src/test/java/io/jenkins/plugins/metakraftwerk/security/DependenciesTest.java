package io.jenkins.plugins.metakraftwerk.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The plugin brings nothing but itself, and what it is built of is the same tomorrow. */
class DependenciesTest {

    private static final String POM = "pom.xml";
    private static final String CLIENT_POM = ".ci/client/pom.xml";

    /** What the build tells the Jenkins of the tests about the plugin: the same as it writes into the .hpi. */
    private static Attributes plugin() throws IOException {
        try (InputStream manifest = DependenciesTest.class.getResourceAsStream("/the.hpl")) {
            return new Manifest(manifest).getMainAttributes();
        }
    }

    private static List<String> list(String attribute) throws IOException {
        return Arrays.asList(plugin().getValue(attribute).split(","));
    }

    /** A dependency of scope 'compile' that no plugin provides would be here as a jar, and in the .hpi. */
    @Test
    void noJarIsBundled() throws IOException {
        assertThat(list("Libraries"))
                .containsExactlyInAnyOrder(
                        Path.of("src/main/resources").toAbsolutePath().toString(),
                        Path.of("target/classes").toAbsolutePath().toString());
    }

    /** Whoever adds one decides that every controller with this plugin has to install it. */
    @Test
    void thesePluginsAreNeeded() throws IOException {
        assertThat(list("Plugin-Dependencies"))
                .extracting(dependency -> dependency.substring(0, dependency.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "caffeine-api",
                        "cloudbees-folder",
                        "configuration-as-code",
                        "credentials",
                        "jackson2-api",
                        "pipeline-input-step",
                        "plain-credentials",
                        "script-security",
                        "structs",
                        "variant",
                        "workflow-api",
                        "workflow-step-api");
        assertThat(list("Plugin-Dependencies"))
                .filteredOn(dependency -> dependency.contains("resolution:=optional"))
                .satisfiesExactlyInAnyOrder(
                        folders -> assertThat(folders).startsWith("cloudbees-folder:"),
                        code -> assertThat(code).startsWith("configuration-as-code:"),
                        input -> assertThat(input).startsWith("pipeline-input-step:"));
    }

    /** The build itself refuses a jar that comes in at the last moment. */
    @Test
    void theBuildIsStrictToo() throws Exception {
        Map<String, String> properties = properties(pom(POM));
        assertThat(properties.get("hpi.strictBundledArtifacts")).isEqualTo("true");
        assertThat(properties).doesNotContainKeys("hpi.bundledArtifacts", "hpi.pluginFirstClassLoader");
        assertThat(Instant.parse(properties.get("project.build.outputTimestamp")))
                .isBefore(Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {POM, CLIENT_POM})
    void everyVersionIsOneVersion(String file) throws Exception {
        Document pom = pom(file);
        assertThat(versions(pom)).hasSizeGreaterThan(3).allSatisfy(DependenciesTest::assertPinned);
        assertThat(properties(pom)).allSatisfy((name, value) -> {
            if (!name.equals("changelist")) {
                assertThat(value).as(name).doesNotContain("SNAPSHOT", "LATEST");
            }
        });
    }

    /** The other one has no parent and no BOM that would give a version. */
    @Test
    void nothingOfTheReducedBuildIsWithoutAVersion() throws Exception {
        for (String kind : List.of("dependency", "plugin")) {
            for (Element element : elements(pom(CLIENT_POM), kind)) {
                assertThat(child(element, "version"))
                        .as(child(element, "artifactId"))
                        .isNotNull();
            }
        }
    }

    /** Versions of the parent and the BOM are theirs to give; a plugin of the build has its version from the parent. */
    @Test
    void theParentAndTheBomArePinned() throws Exception {
        Document pom = pom(POM);
        List<String> pinned = new ArrayList<>();
        for (Element element : elements(pom, "parent")) {
            pinned.add(child(element, "version"));
        }
        for (Element element : elements(pom, "dependency")) {
            if ("import".equals(child(element, "scope"))) {
                pinned.add(child(element, "version"));
            }
        }
        assertThat(pinned).hasSize(2).allSatisfy(DependenciesTest::assertPinned);
    }

    /** An artifact from anywhere else could be anybody's. */
    @Test
    void artifactsComeFromJenkinsAndMavenCentralOnly() throws Exception {
        List<String> urls = new ArrayList<>();
        for (String kind : List.of("repository", "pluginRepository")) {
            for (String file : List.of(POM, CLIENT_POM)) {
                for (Element element : elements(pom(file), kind)) {
                    urls.add(child(element, "url"));
                }
            }
        }
        assertThat(urls).isNotEmpty().containsOnly("https://repo.jenkins-ci.org/public/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2)", "(,1]", "[1.0]", "1.0-SNAPSHOT", "LATEST", "RELEASE", "1.+", "", "${unknown}"})
    void whatIsNotPinnedIsFound(String version) {
        assertThat(isPinned(version)).isFalse();
    }

    private static void assertPinned(String version) {
        assertThat(isPinned(version)).as(version).isTrue();
    }

    private static boolean isPinned(String version) {
        return version.matches("[0-9][\\w.-]*") && !version.contains("SNAPSHOT");
    }

    /** All but that of the project itself, which a release sets. */
    private static List<String> versions(Document pom) {
        List<String> versions = new ArrayList<>();
        for (Element version : elements(pom, "version")) {
            if (version.getParentNode() != pom.getDocumentElement()) {
                versions.add(resolved(version.getTextContent().strip(), pom));
            }
        }
        return versions;
    }

    private static String resolved(String value, Document pom) {
        String resolved = value;
        for (Map.Entry<String, String> property : properties(pom).entrySet()) {
            resolved = resolved.replace("${" + property.getKey() + "}", property.getValue());
        }
        return resolved;
    }

    private static Map<String, String> properties(Document pom) {
        Map<String, String> properties = new HashMap<>();
        for (Element container : elements(pom, "properties")) {
            NodeList children = container.getChildNodes();
            for (int i = 0; container.getParentNode() == pom.getDocumentElement() && i < children.getLength(); i++) {
                if (children.item(i) instanceof Element property) {
                    properties.put(
                            property.getTagName(), property.getTextContent().strip());
                }
            }
        }
        return properties;
    }

    private static Document pom(String file) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of(file).toFile());
    }

    private static List<Element> elements(Document pom, String name) {
        NodeList found = pom.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String child(Element element, String name) {
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                return child.getTextContent().strip();
            }
        }
        return null;
    }
}
