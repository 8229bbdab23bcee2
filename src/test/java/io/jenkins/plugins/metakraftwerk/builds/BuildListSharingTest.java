package io.jenkins.plugins.metakraftwerk.builds;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Functions;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.User;
import io.jenkins.plugins.metakraftwerk.fixture.Setup;
import io.jenkins.plugins.metakraftwerk.fixture.SharedJenkins;
import io.jenkins.plugins.metakraftwerk.form.WebCall;
import io.jenkins.plugins.metakraftwerk.standin.Fault;
import io.jenkins.plugins.metakraftwerk.standin.StandInServer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.localizer.LocaleProvider;

/** Whoever looks at the builds that a parameter suggests spends no more than one who starts the job, and not more often. */
class BuildListSharingTest {

    private static final LocaleProvider OF_THE_HARNESS = LocaleProvider.getProvider();
    private static final String NAME = "MK_BUILD";

    @RegisterExtension
    static final SharedJenkins SHARED = new SharedJenkins();

    private final JenkinsRule jenkins = SHARED.jenkins();
    private final StandInServer server = SHARED.server();
    private FreeStyleProject job;

    @BeforeAll
    static void speakAsTheBrowserDoes() {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return Functions.getCurrentLocale();
            }
        });
    }

    @AfterAll
    static void speakAsBefore() {
        LocaleProvider.setProvider(OF_THE_HARNESS);
    }

    @BeforeEach
    void createJob() throws Exception {
        job = jenkins.createFreeStyleProject();
        job.addProperty(new ParametersDefinitionProperty(new BuildParameterDefinition(NAME)));
    }

    @AfterEach
    void everybodyMayEverything() {
        jenkins.jenkins.disableSecurity();
    }

    private WebCall list() {
        return WebCall.create(jenkins, job.getUrl(), BuildParameterDefinition.class, "fillValueItems")
                .with("name", NAME);
    }

    @Test
    void theServerIsAskedOnceForAllLanguages() throws Exception {
        List<String> languages = Stream.of(Locale.getISOLanguages())
                .filter(language -> !Set.of("de", "en").contains(language))
                .limit(118)
                .toList();
        for (String language : languages) {
            list().in(language).entries();
        }
        assertThat(list().in("de").entries().values())
                .singleElement()
                .asString()
                .contains(" · beendet ");
        assertThat(list().in("en").entries().values())
                .singleElement()
                .asString()
                .contains(" · finished ");
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void aReasonIsGivenInEachLanguageForOneRequest() throws Exception {
        server.fault("GET", "/api/v1/builds", 1, Fault.error(403, "You may not see builds"));
        String english = list().in("en").failure();
        String german = list().in("de").failure();
        assertThat(english).contains("You may not see builds");
        assertThat(german).contains("You may not see builds").isNotEqualTo(english);
        assertThat(server.requests("GET", "/api/v1/builds")).hasSize(1);
    }

    @Test
    void theListBorrowsNothingThatARunMayNot() throws Exception {
        Setup.secure(jenkins)
                .let("builder bob carol", Jenkins.READ, Item.READ, Item.BUILD)
                .let("carol", CredentialsProvider.USE_ITEM);
        var authenticators = QueueItemAuthenticatorConfiguration.get().getAuthenticators();
        try {
            authenticators.add(runningAs("bob"));
            assertThat(list().as("builder").failure()).contains("who lacks the permission Credentials/UseItem");
            assertThat(server.requests()).isEmpty();
            authenticators.clear();
            authenticators.add(runningAs("carol"));
            assertThat(list().as("builder").entries()).containsOnlyKeys("5139");
        } finally {
            authenticators.clear();
        }
    }

    private MockQueueItemAuthenticator runningAs(String user) {
        return new MockQueueItemAuthenticator()
                .authenticate(job.getFullName(), User.getById(user, true).impersonate2());
    }
}
