package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** An error that nobody thought of leaves in doubt only what may have been sent. */
class MkStepBrokenTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    /** An exception, and an error, of whoever stores credentials. */
    private static Stream<Arguments> breaks() {
        Stream<Throwable> thrown = Stream.of(new ArithmeticException("intended"), new NoClassDefFoundError("intended"));
        return thrown.flatMap(fault -> Stream.of(
                Arguments.of(fault, "mkGetDeployment 1", "The step failed unexpectedly (%s). Nothing was changed"),
                Arguments.of(
                        fault,
                        "mkFindDeployments buildId: 5139",
                        "The step failed unexpectedly (%s). Nothing was changed"),
                Arguments.of(
                        fault,
                        Scripts.DEPLOY,
                        "The deployment could not go on (%s): see the Jenkins log. Nothing was sent.")));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void leavesNothingInDoubtWhereNothingWasSent(Throwable fault, String script, String said) throws Exception {
        Setup.servers(Setup.server("stand-in", SHARED.server().url(), "in a vault"));
        BrokenVault.fault = fault;

        String log = Scripts.succeed(
                SHARED.jenkins(),
                "try { " + script + " } catch (e) { echo \"unknown ${e.outcomeUnknown}: ${e.message}\" }");

        assertThat(log)
                .contains("unknown false: " + said.formatted(fault.getClass().getSimpleName()));
        assertThat(SHARED.server().requests()).isEmpty();
    }

    /** Asked after the stores of Jenkins itself. */
    @TestExtension
    public static final class BrokenVault extends CredentialsProvider {
        private static volatile Throwable fault;

        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication who, List<DomainRequirement> requirements) {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        }
    }
}
