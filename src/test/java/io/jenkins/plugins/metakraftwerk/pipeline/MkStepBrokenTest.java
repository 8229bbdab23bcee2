package io.jenkins.plugins.metakraftwerk.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.model.ItemGroup;
import io.jenkins.plugins.metakraftwerk.fixture.JenkinsWithStandIn;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.server.MetaKraftwerkGlobalConfiguration;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.TestExtension;
import org.springframework.security.core.Authentication;

/** An error that nobody thought of leaves in doubt only what may have been sent. */
class MkStepBrokenTest {

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    @ParameterizedTest
    @ValueSource(strings = {"mkGetDeployment 1", "mkFindDeployments buildId: 5139", Scripts.DEPLOY})
    void leavesNothingInDoubtWhereNothingWasSent(String script) throws Exception {
        MetaKraftwerkGlobalConfiguration.get()
                .setServers(List.of(
                        JenkinsWithStandIn.server("stand-in", SHARED.server().url(), "in a vault")));

        String log = Scripts.succeed(
                SHARED.jenkins(),
                "try { " + script + " } catch (e) { echo \"unknown ${e.outcomeUnknown}: ${e.message}\" }");

        assertThat(log).contains("unknown false: The step failed unexpectedly (ArithmeticException)");
        assertThat(SHARED.server().requests()).isEmpty();
    }

    /** Asked after the stores of Jenkins itself. */
    @TestExtension
    public static final class BrokenVault extends CredentialsProvider {
        @Override
        public <C extends Credentials> List<C> getCredentialsInItemGroup(
                Class<C> type, ItemGroup group, Authentication who, List<DomainRequirement> requirements) {
            throw new ArithmeticException("As intended");
        }
    }
}
