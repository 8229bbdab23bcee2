package io.jenkins.plugins.metakraftwerk.server;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import io.jenkins.plugins.metakraftwerk.client.MetaKraftwerkClient;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients share what they are made of, as long as that does not grow without end. */
class ClientFactoryTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private static MetaKraftwerkClient client(String host, String token) {
        try {
            return ClientFactory.forServer(
                    Setup.server("x", "https://" + host + ".example", "x"), Setup.secretText("x", token), null);
        } catch (AbortException e) {
            throw new AssertionError(e);
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

    /** Makes all of them, and once more from the last one on, which are kept the longest: what is the same was kept. */
    private static void assertKeeps(int most, int made, IntFunction<MetaKraftwerkClient> make) {
        List<MetaKraftwerkClient> before =
                IntStream.range(0, made).mapToObj(make).toList();
        assertThat(IntStream.range(0, made)
                        .map(i -> made - 1 - i)
                        .filter(i -> make.apply(i).equals(before.get(i)))
                        .count())
                .isPositive()
                .isLessThanOrEqualTo(most);
    }
}
