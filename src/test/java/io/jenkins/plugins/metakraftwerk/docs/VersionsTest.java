package io.jenkins.plugins.metakraftwerk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The oldest Jenkins and Java that the plugin runs on are those of the pom, wherever they are said. */
class VersionsTest {

    /** The first class file version is that of Java 1. */
    private static final int BEFORE_JAVA_1 = 44;

    private static final List<Markdown> PAGES = Markdown.all();

    private static String read(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    private static String only(String regex, String text) {
        List<String> found = Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(one -> one.group(1))
                .toList();
        assertThat(found).as(regex).hasSize(1);
        return found.get(0);
    }

    private static String property(String name, String pom) throws IOException {
        return only("<" + Pattern.quote(name) + ">([^<]+)<", read(pom));
    }

    private static String jenkins() throws IOException {
        String baseline = property("jenkins.baseline", "pom.xml");
        return property("jenkins.version", "pom.xml").replace("${jenkins.baseline}", baseline);
    }

    private static String java() throws IOException {
        return property("maven.compiler.release", "pom.xml");
    }

    @Test
    void theReadmeNamesTheJenkinsOfThePom() throws Exception {
        assertThat(PAGES.get(0).text())
                .containsOnlyOnce("You need Jenkins " + jenkins() + " or newer on Java " + java() + " or newer");
        assertThat(PAGES.subList(1, PAGES.size()))
                .isNotEmpty()
                .extracting(Markdown::text)
                .noneMatch(text -> text.matches("(?s).*Jenkins \\d[\\d.]* or newer.*"));
    }

    @Test
    void eachJavaThatIsNamedIsThatOfThePom() throws Exception {
        String texts = String.join("\n", PAGES.stream().map(Markdown::text).toList()) + read("CONTRIBUTING.md");
        Matcher named = Pattern.compile("(?:JDK|Java) (\\d+) or newer").matcher(texts);
        assertThat(named.results().map(one -> one.group(1))).isNotEmpty().containsOnly(java());
        assertThat(property("maven.compiler.release", ".ci/client/pom.xml")).isEqualTo(java());
        assertThat(only("jdk_wanted=(\\d+)", read("bin/java-home"))).isEqualTo(java());
        assertThat(only("java-version: (\\d+)", read(".github/workflows/jenkins-security-scan.yml")))
                .isEqualTo(java());
    }

    /** A parent that brings another one would not be noticed. */
    @Test
    void whatIsCompiledIsForThatJava() throws Exception {
        try (DataInputStream file = new DataInputStream(
                VersionsTest.class.getResourceAsStream("/io/jenkins/plugins/metakraftwerk/client/Text.class"))) {
            assertThat(file.readInt()).isEqualTo(0xCAFEBABE);
            file.readUnsignedShort();
            assertThat(file.readUnsignedShort()).isEqualTo(BEFORE_JAVA_1 + Integer.parseInt(java()));
        }
    }

    @Test
    void ciTestsTheOldestAndTheNewestThatTheDocumentationNames() throws Exception {
        String jenkinsfile = read("Jenkinsfile");
        assertThat(jenkinsfile)
                .contains("[platform: 'linux', jdk: " + java() + "]", "[platform: 'windows', jdk: " + java() + "]");
        String command =
                only("JAVA_HOME=/path/to/(jdk-\\d+ bin/test -Djenkins.version=\\S+)", read("docs/development.md"));
        Matcher newest = Pattern.compile("\\[platform: 'linux', jdk: (\\d+), jenkins: '([\\d.]+)'],?\n")
                .matcher(jenkinsfile);
        assertThat(newest.results().map(one -> "jdk-" + one.group(1) + " bin/test -Djenkins.version=" + one.group(2)))
                .containsExactly(command);
    }
}
