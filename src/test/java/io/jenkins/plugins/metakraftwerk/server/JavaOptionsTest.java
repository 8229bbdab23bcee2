package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.LogRecorder;

/** The option that repeats every request is warned of where it is in force, and nowhere else. */
class JavaOptionsTest {

    @AfterEach
    void clear() {
        System.clearProperty(JavaOptions.REPEATS);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "'',true", "false,false", "yes,false", ",false"})
    void warns(String value, boolean expected) {
        if (value != null) {
            System.setProperty(JavaOptions.REPEATS, value);
        }
        try (LogRecorder log =
                new LogRecorder().record(JavaOptions.class, Level.WARNING).capture(10)) {
            JavaOptions.check();

            List<String> messages = log.getMessages();
            assertThat(messages).hasSize(expected ? 1 : 0).allMatch(line -> line.contains(JavaOptions.REPEATS));
        }
    }
}
