package io.jenkins.plugins.metakraftwerk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which Java the commands take, on machines that have none but those of the test. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The commands are for a shell.")
class JavaHomeTest {

    private static final String WHICH = ". bin/java-home; echo \"$JAVA_HOME\"";

    @TempDir
    private Path machine;

    private final Map<String, String> environment = new HashMap<>();

    private record Said(int status, String out, String err) {}

    /** A machine whose {@code java} is too old, in a copy of the project's folder. */
    @BeforeEach
    void oldJava() throws IOException {
        FileUtils.copyDirectory(
                Path.of("bin").toFile(), machine.resolve("project/bin").toFile());
        javaOnPath(jdk("old", "17.0.15"));
        environment.put("PATH", machine.resolve("path") + ":" + System.getenv("PATH"));
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("METAKRAFTWERK_JDK_PLACES", machine.toString());
    }

    private Path program(String place, String script) throws IOException {
        Path program = machine.resolve(place);
        Files.createDirectories(program.getParent());
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private String jdk(String place, String version) throws IOException {
        program(place + "/bin/javac", "echo 'javac " + version + "'");
        program(place + "/bin/java", "echo \"Runs on $JAVA_HOME\"");
        return machine.resolve(place).toString();
    }

    private void javaOnPath(String home) throws IOException {
        program("path/java", "echo '    java.home = " + home + "' >&2");
    }

    private Said sh(String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", script)
                .directory(machine.resolve("project").toFile())
                .redirectError(machine.resolve("err").toFile());
        shell.environment().keySet().removeAll(Set.of("JAVA_HOME", "METAKRAFTWERK_JDK"));
        shell.environment().putAll(environment);
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes());
        return new Said(process.waitFor(), out, Files.readString(machine.resolve("err")));
    }

    private void assertTaken(String home, String version) throws Exception {
        Said said = sh(WHICH);
        assertThat(said.out()).isEqualTo(home + "\n");
        assertThat(said.err()).isEqualTo("Java " + version + ": " + home + "\n");
    }

    @Test
    void theOneThatIsSet() throws Exception {
        environment.put("JAVA_HOME", jdk("chosen", "25.0.1"));
        javaOnPath(jdk("other", "21"));
        assertTaken(environment.get("JAVA_HOME"), "25");
    }

    @Test
    void theOneOnThePath() throws Exception {
        environment.put("JAVA_HOME", jdk("chosen", "17.0.15"));
        javaOnPath(jdk("other", "22-ea"));
        jdk("usr/lib/jvm/another", "21");
        assertTaken(machine.resolve("other").toString(), "22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/java-21-openjdk-amd64",
                "usr/lib64/jvm/java-21-openjdk",
                "home/.sdkman/candidates/java/21.0.5-tem",
                "opt/homebrew/opt/openjdk@21/libexec/openjdk.jdk/Contents/Home",
                "usr/local/opt/openjdk/libexec/openjdk.jdk/Contents/Home"
            })
    void oneThatIsInstalled(String place) throws Exception {
        assertTaken(jdk(place, "21.0.5"), "21");
    }

    @Test
    void theOneThatMacOsNames() throws Exception {
        String home = jdk("Library/Java/JavaVirtualMachines/a 21/Contents/Home", "21.0.5");
        program("usr/libexec/java_home", "[ \"$*\" = '-v 21+' ] && echo '" + home + "'");
        assertTaken(home, "21");
    }

    @Test
    void theOldestThatIsNewEnough() throws Exception {
        jdk("usr/lib/jvm/a", "26");
        jdk("usr/lib/jvm/b", "17.0.15");
        jdk("home/.sdkman/candidates/java/d", "25.0.1");
        program("usr/lib/jvm/only-runs/bin/java", "exit 0");
        assertTaken(jdk("usr/lib/jvm/c", "21.0.5"), "21");
    }

    @Test
    void noneIsNewEnough() throws Exception {
        jdk("usr/lib/jvm/b", "17.0.15");
        jdk("usr/lib/jvm/ancient", "1.8.0_402");
        Said said = sh(WHICH);
        assertThat(said.status()).isOne();
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("There is no JDK 21 or newer here: ")
                .contains(
                        "apt install openjdk-21-jdk",
                        "dnf install java-21-openjdk-devel",
                        "brew install openjdk@21",
                        "sdk install java");
    }

    @Test
    void noJavaAtAll() throws Exception {
        program("path/java", "exit 127");
        assertThat(sh(WHICH).err()).startsWith("There is no JDK 21 or newer here: ");
    }

    /** Maven is one that says with which Java it was called; it has the Jenkins artifacts, or it has them not. */
    @ParameterizedTest
    @CsvSource({
        "bin/maven test,            true",
        "bin/test,                  true",
        "bin/test,                  false",
        "bin/demo,                  true",
        "bin/demo,                  false",
        "bin/attack,                true",
        "bin/kill,                  true",
        "bin/simulate 1,            false",
        "bin/with-jenkins,          true"
    })
    void commandsTakeIt(String command, boolean hasJenkins) throws Exception {
        String home = jdk("usr/lib/jvm/new", "21.0.5");
        Path calls = machine.resolve("calls");
        Files.createDirectories(machine.resolve("project/.ci/client/target"));
        program("path/mvn", """
                echo "$JAVA_HOME" >>'%s'
                case "$*" in
                    -v) echo 'Apache Maven 3.9.11' ;;
                    *dependency:resolve*) exit %d ;;
                    *simulation.classpath*) : >.ci/client/target/simulation.classpath ;;
                esac""".formatted(calls, hasJenkins ? 0 : 1));
        Said said = sh(command);
        assertThat(said.status()).isZero();
        assertThat(said.err()).containsOnlyOnce("Java 21: " + home);
        assertThat(Files.readAllLines(calls)).isNotEmpty().containsOnly(home);
        if (command.startsWith("bin/simulate")) {
            assertThat(said.out()).isEqualTo("Runs on " + home + "\n");
        }
    }

    /** A new command stands above; {@code bin/additions} calls {@code bin/maven}. */
    @Test
    void noCommandIsLeftOut() {
        assertThat(Path.of("bin").toFile().list())
                .containsExactlyInAnyOrder(
                        "additions",
                        "attack",
                        "demo",
                        "java-home",
                        "kill",
                        "maven",
                        "simulate",
                        "test",
                        "with-jenkins");
    }
}
