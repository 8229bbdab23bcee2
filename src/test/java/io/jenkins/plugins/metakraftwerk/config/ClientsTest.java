package io.jenkins.plugins.metakraftwerk.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.client.ServerUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Clients share what they are made of, as long as that does not grow without end. */
@WithJenkins
class ClientsTest {

    @BeforeAll
    static void start(JenkinsRule rule) {
        assertThat(rule.jenkins).isNotNull();
    }

    private static MetaKraftwerkClient client(String host, String token) {
        try {
            return Clients.of(
                    ServerUrl.parse("https://" + host + ".example"),
                    Setup.secretText(CredentialsScope.SYSTEM, "x", token));
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void theSameServerAndCredentialAreTheSameClient() {
        assertThat(client("one", "a")).isEqualTo(client("one", "a"));
        assertThat(client("one", "a")).isNotEqualTo(client("one", "b")).isNotEqualTo(client("two", "a"));
    }

    @Test
    void notMoreThanAHundredServersAreKept() {
        assertKeeps(100, 130, i -> client("host-" + i, "a"));
    }

    @Test
    void notMoreThanAThousandCredentialsAreKept() {
        assertKeeps(1000, 1300, i -> client("one", "token-" + i));
    }

    /** Makes all of them again and again, until no more than those that are kept were the same as before. */
    private static void assertKeeps(int most, int made, IntFunction<MetaKraftwerkClient> make) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        List<MetaKraftwerkClient> before =
                IntStream.range(0, made).mapToObj(make).toList();
        while (true) {
            List<MetaKraftwerkClient> now =
                    IntStream.range(0, made).mapToObj(make).toList();
            List<MetaKraftwerkClient> earlier = before;
            long kept = IntStream.range(0, made)
                    .filter(i -> now.get(i).equals(earlier.get(i)))
                    .count();
            if (kept <= most) {
                return;
            }
            assertThat(Instant.now()).as(kept + " were kept").isBefore(end);
            before = now;
        }
    }
}
