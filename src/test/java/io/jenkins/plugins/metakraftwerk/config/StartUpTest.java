package io.jenkins.plugins.metakraftwerk.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.metakraftwerk.client.Transport;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Who starts Jenkins so that deployments may be done twice reads of it in its log. */
class StartUpTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final LogRecorder log =
            new LogRecorder().record(StartUp.class, Level.WARNING).capture(9);

    @AfterEach
    void forget() {
        System.clearProperty(Transport.REPEATS_POSTS);
    }

    @Test
    void warnsOfAJavaThatRepeatsPosts() throws Throwable {
        System.setProperty(Transport.REPEATS_POSTS, "true");
        sessions.then(jenkins -> assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains("it may send a deployment twice", Transport.REPEATS_POSTS));
    }

    @Test
    void isSilentOtherwise() throws Throwable {
        sessions.then(jenkins -> assertThat(log.getMessages()).isEmpty());
    }
}
